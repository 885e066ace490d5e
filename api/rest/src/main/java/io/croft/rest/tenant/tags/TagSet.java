package io.croft.rest.tenant.tags;

import java.util.Map;
import java.util.Objects;

/** The tags that a resource is to have, and no others. */
public record TagSet(Map<String, String> tags) {
    public TagSet {
        Objects.requireNonNull(tags, "tags is missing");
    }
}
