package io.croft.controller.awsedge.restjson;

import io.croft.controller.awsedge.EmptyTexts;
import io.croft.controller.awsedge.SupportedParameters;
import io.croft.controller.context.Base64Text;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.XmlCharacters;
import io.croft.types.ErrorCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads values of the AWS SDK's request classes, from texts and from JSON. A parameter that the action does not support is refused by name; an empty text is what {@link EmptyTexts} says. */
final class RestJsonReader {
    private final SupportedParameters supported;
    private final EmptyTexts empties;

    RestJsonReader(SupportedParameters supported, EmptyTexts empties) {
        this.supported = supported;
        this.empties = empties;
    }

    /** The value that a text in the path, the query or a header stands for; null without one. */
    @Nullable
    Object text(SdkField<?> field, String name, @Nullable String text) {
        if (text == null || absent(name, name, text)) {
            return null;
        }
        try {
            return switch (field.marshallingType().getKnownType()) {
                case STRING -> XmlCharacters.require(name, text);
                case INTEGER -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case BOOLEAN -> bool(text);
                case INSTANT -> Instant.parse(text);
                default -> throw unreadable(field, name);
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw invalid(name, text, e);
        }
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** The value of a member of the JSON body; null where it is null or not there. */
    @Nullable
    Object member(SdkField<?> field, String name, String path, @Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> structure(field.constructor().get(), name, path, node);
            case LIST -> list(field.getRequiredTrait(ListTrait.class), name, path, node);
            case MAP -> map(field.getRequiredTrait(MapTrait.class), name, path, node);
            default ->
                absent(name, path, node.isString() ? node.stringValue() : node.toString())
                        ? null
                        : scalar(field, path, node);
        };
    }

    private Object structure(SdkPojo builder, String name, String path, JsonNode node) {
        if (!(node instanceof ObjectNode sent)) {
            throw invalid(path, node.toString(), null);
        }
        var object = sent.deepCopy();
        for (var field : builder.sdkFields()) {
            var member = field.locationName();
            var value = member(field, name + "." + member, path + "." + member, object.remove(member));
            if (value != null) {
                field.set(builder, value);
            }
        }
        for (var left : object.propertyNames()) {
            throw new CloudException(
                    ErrorCode.UNKNOWN_PARAMETER, "The parameter " + path + "." + left + " is not recognized");
        }
        return ((SdkBuilder<?, ?>) builder).build();
    }

    private List<Object> list(ListTrait trait, String name, String path, JsonNode node) {
        if (!node.isArray()) {
            throw invalid(path, node.toString(), null);
        }
        var items = new ArrayList<>();
        for (var item : node) {
            var value = member(trait.memberFieldInfo(), name, path + "." + (items.size() + 1), item);
            if (value == null) {
                throw invalid(path, node.toString(), null);
            }
            items.add(value);
        }
        return items;
    }

    private Map<String, Object> map(MapTrait trait, String name, String path, JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            throw invalid(path, node.toString(), null);
        }
        var entries = new LinkedHashMap<String, Object>();
        for (var entry : object.properties()) {
            var value = member(trait.valueFieldInfo(), name, path + "." + entry.getKey(), entry.getValue());
            if (value != null) {
                entries.put(entry.getKey(), value);
            }
        }
        return entries;
    }

    private static Object scalar(SdkField<?> field, String path, JsonNode node) {
        try {
            return switch (field.marshallingType().getKnownType()) {
                case STRING -> XmlCharacters.require(path, string(node));
                case INTEGER -> Math.toIntExact(whole(node));
                case LONG -> whole(node);
                case BOOLEAN -> bool(node.isBoolean() ? node.toString() : "");
                case INSTANT ->
                    Instant.ofEpochMilli(node.decimalValue().movePointRight(3).longValueExact());
                case SDK_BYTES -> SdkBytes.fromByteArray(Base64Text.decode(string(node)));
                default -> throw unreadable(field, path);
            };
        } catch (IllegalArgumentException | ArithmeticException | JacksonException e) {
            throw invalid(path, node.toString(), e);
        }
    }

    private static String string(JsonNode node) {
        if (!node.isString()) {
            throw new IllegalArgumentException("no text");
        }
        return node.stringValue();
    }

    private static long whole(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw new IllegalArgumentException("no whole number");
        }
        return node.longValue();
    }

    private boolean absent(String name, String path, String text) {
        if (text.isEmpty() && empties.isAbsent(name, Set.of())) {
            return true;
        }
        supported.require(name, path, text);
        if (text.isEmpty() && !empties.isValue(name)) {
            throw empties.refusal(name, path);
        }
        return false;
    }

    private static IllegalStateException unreadable(SdkField<?> field, String name) {
        return new IllegalStateException(name + " is of type " + field.marshallingType());
    }

    private static CloudException invalid(String path, String text, @Nullable Exception cause) {
        return new CloudException(
                ErrorCode.INVALID_PARAMETER_VALUE, "Invalid value '" + text + "' for " + path, "", cause);
    }
}
