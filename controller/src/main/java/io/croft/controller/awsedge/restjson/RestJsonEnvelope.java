package io.croft.controller.awsedge.restjson;

import io.croft.controller.awsedge.EmptyTexts;
import io.croft.controller.awsedge.Envelope;
import io.croft.controller.awsedge.SupportedParameters;
import io.croft.controller.context.CloudException;
import io.croft.controller.edge.Parameters;
import io.croft.controller.edge.RawRequest;
import io.croft.types.ErrorCode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A REST-JSON request taken apart. Strict: what is in the query or in the body and that the action's request class does not have is unknown, and nothing is ignored but headers.
 *
 * @param path the parameters in its path
 */
record RestJsonEnvelope(Operation operation, Map<String, String> path, RawRequest request) implements Envelope {
    private static final String SIGNING_PREFIX = "X-Amz-";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Override
    public String action() {
        return operation.action();
    }

    @Override
    public SdkBytes payload() {
        return operation.payload() ? SdkBytes.fromByteArray(request.body()) : Envelope.super.payload();
    }

    @Override
    public SdkRequest read(SdkPojo builder, SupportedParameters supported, EmptyTexts empties) {
        var query = query();
        var body = body();
        var reader = new RestJsonReader(supported, empties);
        for (var field : builder.sdkFields()) {
            var value = value(reader, field, query, body);
            if (value != null) {
                field.set(builder, value);
            }
        }
        query.keySet().stream().findFirst().ifPresent(RestJsonEnvelope::unknown);
        body.propertyNames().stream().findFirst().ifPresent(RestJsonEnvelope::unknown);
        return (SdkRequest) ((SdkBuilder<?, ?>) builder).build();
    }

    private @Nullable Object value(
            RestJsonReader reader, SdkField<?> field, Map<String, String> query, ObjectNode body) {
        var name = field.locationName();
        return switch (field.location()) {
            case PATH -> reader.text(field, name, path.get(name));
            case QUERY_PARAM -> reader.text(field, name, query.remove(name));
            case HEADER -> reader.text(field, name, request.header(name.toLowerCase(Locale.ROOT)));
            case PAYLOAD -> reader.member(field, name, name, body.remove(name));
            case GREEDY_PATH, STATUS_CODE ->
                throw new IllegalStateException(name + " is in a place that no service here has");
        };
    }

    private Map<String, String> query() {
        var query = new HashMap<String, String>();
        for (var parameter : Parameters.parse(request.query()).list()) {
            if (parameter.name().startsWith(SIGNING_PREFIX)) {
                continue;
            }
            if (query.put(parameter.name(), parameter.value()) != null) {
                throw new CloudException(
                        ErrorCode.INVALID_PARAMETER_COMBINATION,
                        "The parameter " + parameter.name() + " is given more than once");
            }
        }
        return query;
    }

    private ObjectNode body() {
        var bytes = request.body();
        if (operation.payload() || bytes.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            if (JSON.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new CloudException(ErrorCode.MALFORMED_BODY, "The body is no JSON object.", "", e);
        }
        throw new CloudException(ErrorCode.MALFORMED_BODY, "The body is no JSON object.");
    }

    private static void unknown(String name) {
        throw new CloudException(ErrorCode.UNKNOWN_PARAMETER, "The parameter " + name + " is not recognized");
    }
}
