package io.croft.rest.tenant.image;

import java.util.Objects;

/**
 * What to change of an image.
 *
 * @param description up to 255 characters; empty for none
 */
public record ImagePatch(String description) {
    public ImagePatch {
        Objects.requireNonNull(description, "description is missing");
    }
}
