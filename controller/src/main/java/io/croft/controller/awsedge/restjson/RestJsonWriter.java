package io.croft.controller.awsedge.restjson;

import io.croft.controller.awsedge.Content;
import io.croft.controller.awsedge.Streamed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the AWS SDK's response classes as headers and JSON. What is null is left out; a time is seconds since 1970. */
final class RestJsonWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MILLIS = 3;

    private RestJsonWriter() {}

    static Content write(int status, SdkPojo answer) {
        var response = answer instanceof Streamed streamed ? streamed.response() : answer;
        var headers = new HashMap<String, String>();
        for (var field : response.sdkFields()) {
            var value = field.getValueOrDefault(response);
            if (field.location() == MarshallLocation.HEADER && value != null) {
                headers.put(field.locationName(), value.toString());
            }
        }
        return answer instanceof Streamed streamed
                ? new Content(status, "application/octet-stream", headers, streamed.payload())
                : new Content(
                        status,
                        "application/json",
                        headers,
                        SdkBytes.fromByteArrayUnsafe(JSON.writeValueAsBytes(structure(response))));
    }

    private static ObjectNode structure(SdkPojo pojo) {
        var object = NODES.objectNode();
        for (var field : pojo.sdkFields()) {
            var value = node(field.getValueOrDefault(pojo));
            if (value != null && field.location() == MarshallLocation.PAYLOAD) {
                object.set(field.locationName(), value);
            }
        }
        return object;
    }

    private static @Nullable JsonNode node(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case SdkAutoConstructList<?> unset -> null;
            case SdkAutoConstructMap<?, ?> unset -> null;
            case SdkPojo pojo -> structure(pojo);
            case List<?> list -> {
                var array = NODES.arrayNode();
                list.forEach(item -> array.add(node(item)));
                yield array;
            }
            case Map<?, ?> map -> {
                var object = NODES.objectNode();
                map.forEach((key, item) -> object.set(key.toString(), node(item)));
                yield object;
            }
            case String text -> NODES.stringNode(text);
            case Boolean bool -> NODES.booleanNode(bool);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Instant time -> NODES.numberNode(BigDecimal.valueOf(time.toEpochMilli(), MILLIS));
            case SdkBytes bytes -> NODES.binaryNode(bytes.asByteArrayUnsafe());
            default -> throw new IllegalStateException(value.getClass() + " has no JSON form");
        };
    }
}
