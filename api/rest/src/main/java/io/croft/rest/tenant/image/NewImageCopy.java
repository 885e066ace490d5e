package io.croft.rest.tenant.image;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for an image of one's own that is made of the same disk as another.
 *
 * @param name 3 to 128 characters, unique among the account's images
 * @param description the other's by default
 * @param copyTags whether the other's tags come along, if it is the account's own; false by default
 * @param tags win over those that come along
 */
public record NewImageCopy(
        String name,
        @Nullable String description,
        @Nullable Boolean copyTags,
        @Nullable Map<String, String> tags) {
    public NewImageCopy {
        Objects.requireNonNull(name, "name is missing");
    }
}
