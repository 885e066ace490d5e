package io.croft.controller.awsedge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * AWS's structures as plain maps, lists, texts, numbers and booleans by the members' names. AWS has several classes for what is one structure to its users; this is
 * the form in which they meet, and in which what a client sent can be kept.
 */
public final class StructureMembers {
    private StructureMembers() {}

    /** What is set of a structure. Left out are structures without content, and tokens, for which the SDK makes up a value where there is none. */
    public static NavigableMap<String, Object> of(SdkPojo structure) {
        var members = new TreeMap<String, Object>();
        for (var field : structure.sdkFields()) {
            var value = plain(field.getValueOrDefault(structure));
            if (value != null && !field.containsTrait(DefaultValueTrait.class)) {
                members.put(field.memberName(), value);
            }
        }
        return members;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case SdkAutoConstructList<?> unset -> null;
            case SdkPojo structure -> {
                var members = of(structure);
                yield members.isEmpty() ? null : members;
            }
            case List<?> list -> {
                var items = new ArrayList<>();
                for (var item : list) {
                    var plain = plain(item);
                    items.add(plain == null ? new TreeMap<String, Object>() : plain);
                }
                yield items;
            }
            case String text -> text;
            case Number number -> number;
            case Boolean bool -> bool;
            default -> throw new IllegalArgumentException(value.getClass() + " has no plain form");
        };
    }

    /**
     * Fills a structure. Numbers and booleans may be texts, too.
     *
     * @param builder an empty one
     * @throws IllegalArgumentException when the structure lacks one of the members
     */
    public static <T extends SdkPojo> T fill(SdkBuilder<?, T> builder, Map<String, ?> members) {
        var structure = (SdkPojo) builder;
        var left = new TreeMap<String, Object>(members);
        for (var field : structure.sdkFields()) {
            var value = left.remove(field.memberName());
            if (value != null) {
                field.set(structure, value(field, value));
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(builder.getClass() + " has no " + left.keySet());
        }
        return builder.build();
    }

    @SuppressWarnings("unchecked") // what this class wrote
    private static Object value(SdkField<?> field, Object plain) {
        var type = field.marshallingType().getKnownType();
        if (type == MarshallingKnownType.SDK_POJO) {
            return fill((SdkBuilder<?, SdkPojo>) field.constructor().get(), (Map<String, Object>) plain);
        }
        if (type == MarshallingKnownType.LIST) {
            var item = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
            return ((List<?>) plain).stream().map(i -> value(item, i)).toList();
        }
        return scalar(type, plain);
    }

    private static Object scalar(MarshallingKnownType type, Object plain) {
        var text = plain.toString();
        return switch (type) {
            case STRING -> text;
            case BOOLEAN -> Boolean.valueOf(text);
            case INTEGER -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case FLOAT -> Float.valueOf(text);
            case NULL, SHORT, BYTE, BIG_DECIMAL, INSTANT, SDK_BYTES, SDK_POJO, LIST, MAP, DOCUMENT ->
                throw new IllegalArgumentException(type + " has no plain form");
        };
    }
}
