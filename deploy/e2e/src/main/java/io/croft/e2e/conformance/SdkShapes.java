package io.croft.e2e.conformance;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The SDK's classes from JSON and to it, by the names of AWS's model, which boto3 and the CLI use too. */
final class SdkShapes {
    private SdkShapes() {}

    /**
     * A new request to be filled.
     *
     * @throws IllegalArgumentException when the SDK has no such action
     */
    static SdkPojo request(String service, String action) {
        try {
            var type = Class.forName("software.amazon.awssdk.services." + service + ".model." + action + "Request");
            return (SdkPojo) type.getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("the SDK has no " + service + ":" + action, e);
        }
    }

    /** Fills a builder and builds; a name that the class does not have is an error. */
    static Object fill(SdkPojo builder, JsonNode members) {
        members.properties().forEach(member -> {
            var field = builder.sdkFields().stream()
                    .filter(f -> f.memberName().equals(member.getKey()))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException(builder.getClass().getName() + " has no " + member.getKey()));
            field.set(builder, value(field, member.getValue()));
        });
        return ((SdkBuilder<?, ?>) builder).build();
    }

    private static Object value(SdkField<?> field, JsonNode node) {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> fill(field.constructor().get(), node);
            case LIST -> {
                var item = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
                var items = new ArrayList<>();
                node.forEach(n -> items.add(value(item, n)));
                yield items;
            }
            case SDK_BYTES -> SdkBytes.fromByteArray(Base64.getDecoder().decode(node.asString()));
            case INTEGER -> node.asInt();
            case LONG -> node.asLong();
            case BOOLEAN -> node.asBoolean();
            case STRING -> node.asString();
            default -> throw new IllegalArgumentException("no case needs a " + field.marshallingType() + " yet");
        };
    }

    /** What of an answer is there; empty lists, which the SDK makes up, are left out as boto3's own are. */
    static ObjectNode json(SdkPojo pojo) {
        var object = JsonNodeFactory.instance.objectNode();
        for (var field : pojo.sdkFields()) {
            var value = field.getValueOrDefault(pojo);
            if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
                object.set(modelName(field), json(value));
            }
        }
        return object;
    }

    /** A member called {@code Return} would be a keyword's getter, so the SDK calls it otherwise. */
    private static String modelName(SdkField<?> field) {
        return field.memberName().equals("ReturnValue") ? "Return" : field.memberName();
    }

    private static JsonNode json(Object value) {
        return switch (value) {
            case SdkPojo pojo -> json(pojo);
            case List<?> list -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                list.forEach(item -> array.add(json(item)));
                yield array;
            }
            case SdkBytes bytes -> StringNode.valueOf(Base64.getEncoder().encodeToString(bytes.asByteArray()));
            case String text -> StringNode.valueOf(text);
            case Number number -> JsonMapper.shared().valueToTree(number);
            case Boolean truth -> JsonMapper.shared().valueToTree(truth);
            default -> StringNode.valueOf(value.toString());
        };
    }
}
