package io.croft.controller.tags;

import io.croft.types.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tags for the resources of one type that a request makes. */
public record TagSpecification(ResourceType type, Map<String, String> tags) {
    public TagSpecification {
        tags = Map.copyOf(tags);
    }

    /** The tags that {@code specifications} give to resources of {@code type}, by key. */
    public static Map<String, String> tagsOf(ResourceType type, List<TagSpecification> specifications) {
        var tags = new TreeMap<String, String>();
        specifications.stream().filter(s -> s.type() == type).forEach(s -> tags.putAll(s.tags()));
        return tags;
    }
}
