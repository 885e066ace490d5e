package io.croft.controller.ec2api.kit;

import io.croft.controller.awsedge.Given;
import io.croft.controller.context.CloudException;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Tags as EC2 writes them. */
public final class TagForm {
    private TagForm() {}

    /** In the order of their keys, so that the same tags always read the same. */
    public static List<Tag> write(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(t -> Tag.builder()
                                .key(t.getKey())
                                .value(t.getValue())
                                .build())
                        .toList();
    }

    /**
     * Reads tags; one without a value has the empty one.
     *
     * @throws CloudException InvalidParameterValue for a key that is missing or there twice
     */
    public static Map<String, String> read(List<Tag> tags) {
        var read = new LinkedHashMap<String, String>();
        for (var tag : tags) {
            var key = Given.value(tag.key(), "Tag.Key");
            if (read.putIfAbsent(key, Objects.requireNonNullElse(tag.value(), "")) != null) {
                throw new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE, "Duplicate tag key '" + key + "' specified");
            }
        }
        return read;
    }

    /**
     * The tags for the one type of resource that an action makes.
     *
     * @throws CloudException InvalidParameterValue for another type
     */
    public static Map<String, String> specified(
            List<software.amazon.awssdk.services.ec2.model.TagSpecification> specifications, ResourceType type) {
        return TagSpecification.tagsOf(type, specifications(specifications, type));
    }

    /**
     * Reads specifications.
     *
     * @param allowed the types of the resources that the action makes
     * @throws CloudException InvalidParameterValue for another type, or the same twice
     */
    public static List<TagSpecification> specifications(
            List<software.amazon.awssdk.services.ec2.model.TagSpecification> specifications, ResourceType... allowed) {
        var read = specifications.stream()
                .map(s -> specification(s, List.of(allowed)))
                .toList();
        if (read.stream().map(TagSpecification::type).distinct().count() < read.size()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The same resource type may not be specified more than once in tag specifications");
        }
        return read;
    }

    private static TagSpecification specification(
            software.amazon.awssdk.services.ec2.model.TagSpecification specification, List<ResourceType> allowed) {
        var name = Given.value(specification.resourceTypeAsString(), "TagSpecification.ResourceType");
        var type = ResourceType.ofTagName(name)
                .filter(allowed::contains)
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "'" + name + "' is not a valid taggable resource type for this operation."));
        return new TagSpecification(type, read(specification.tags()));
    }
}
