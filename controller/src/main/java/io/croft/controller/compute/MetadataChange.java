package io.croft.controller.compute;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What to change of metadata options; null leaves an option as it is. */
public record MetadataChange(
        @Nullable Boolean endpointEnabled,
        @Nullable Boolean tokensRequired,
        @Nullable Integer hopLimit,
        @Nullable Boolean tagsInMetadata) {
    /** The options after the change. */
    public MetadataOptions on(MetadataOptions options) {
        return new MetadataOptions(
                Objects.requireNonNullElse(endpointEnabled, options.endpointEnabled()),
                Objects.requireNonNullElse(tokensRequired, options.tokensRequired()),
                Objects.requireNonNullElse(hopLimit, options.hopLimit()),
                Objects.requireNonNullElse(tagsInMetadata, options.tagsInMetadata()));
    }
}
