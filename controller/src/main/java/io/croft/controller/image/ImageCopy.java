package io.croft.controller.image;

import io.croft.controller.context.ParameterHash;
import io.croft.types.ImageId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for an image of one's own that is made of the same disk as another.
 *
 * @param source an image that the caller may launch
 * @param name unique among the caller's images
 * @param description null for the source's
 * @param copyTags whether the source's tags come along, if the source is the caller's own; {@code tags} win over them
 * @param clientToken null when the request is not to be repeated safely
 */
public record ImageCopy(
        ImageId source,
        String name,
        @Nullable String description,
        boolean copyTags,
        Map<String, String> tags,
        @Nullable String clientToken) {
    public ImageCopy {
        tags = Map.copyOf(tags);
    }

    /** The digest of everything but the client token. */
    String hash() {
        return new ParameterHash()
                .add(source)
                .add(name)
                .add(description)
                .add(copyTags)
                .addMap(tags)
                .hex();
    }
}
