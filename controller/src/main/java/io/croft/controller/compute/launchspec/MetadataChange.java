package io.croft.controller.compute.launchspec;

import io.croft.controller.context.Coalesce;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What to change of metadata options; null leaves an option as it is. */
public record MetadataChange(
        @Nullable Boolean endpointEnabled,
        @Nullable Boolean tokensRequired,
        @Nullable Integer hopLimit,
        @Nullable Boolean tagsInMetadata) {
    /** Nothing is said. */
    public static final MetadataChange NONE = new MetadataChange(null, null, null, null);

    /** This change where it says something, else {@code base}. */
    public MetadataChange over(MetadataChange base) {
        return new MetadataChange(
                Coalesce.first(endpointEnabled, base.endpointEnabled),
                Coalesce.first(tokensRequired, base.tokensRequired),
                Coalesce.first(hopLimit, base.hopLimit),
                Coalesce.first(tagsInMetadata, base.tagsInMetadata));
    }

    /** The options after the change. */
    public MetadataOptions on(MetadataOptions options) {
        return new MetadataOptions(
                Objects.requireNonNullElse(endpointEnabled, options.endpointEnabled()),
                Objects.requireNonNullElse(tokensRequired, options.tokensRequired()),
                Objects.requireNonNullElse(hopLimit, options.hopLimit()),
                Objects.requireNonNullElse(tagsInMetadata, options.tagsInMetadata()));
    }
}
