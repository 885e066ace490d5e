package io.croft.controller.tags;

import io.croft.types.ResourceType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tags for the resources of one type that a request makes, in the order of their keys. */
public record TagSpecification(ResourceType type, Map<String, String> tags) {
    public TagSpecification {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** These tags and those of {@code base}, which are for the same type, under other keys. */
    public TagSpecification over(TagSpecification base) {
        var all = new TreeMap<>(base.tags);
        all.putAll(tags);
        return new TagSpecification(type, all);
    }

    /** The tags that {@code specifications} give to resources of {@code type}, by key. */
    public static Map<String, String> tagsOf(ResourceType type, List<TagSpecification> specifications) {
        var tags = new TreeMap<String, String>();
        specifications.stream().filter(s -> s.type() == type).forEach(s -> tags.putAll(s.tags()));
        return tags;
    }
}
