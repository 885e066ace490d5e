package io.croft.controller.tags;

import java.util.Set;

/** The tags of these resources were changed by a request; published inside its transaction. */
public record TagsChanged(Set<String> resourceIds) {
    public TagsChanged {
        resourceIds = Set.copyOf(resourceIds);
    }
}
