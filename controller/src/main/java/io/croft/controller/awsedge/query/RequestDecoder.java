package io.croft.controller.awsedge.query;

import io.croft.controller.awsedge.EmptyTexts;
import io.croft.controller.awsedge.SupportedParameters;
import io.croft.controller.context.Base64Text;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.XmlCharacters;
import io.croft.controller.edge.Parameters;
import io.croft.controller.edge.Parameters.Parameter;
import io.croft.types.ErrorCode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * Fills the AWS SDK's request classes from query parameters by walking their own field descriptions.
 *
 * <p>Strict: what the classes do not have is unknown, what the action does not support is refused by name, and nothing is ignored. An empty text is what
 * {@link EmptyTexts} says; so it is for an item of a list, which keeps its empty ones or is refused with them.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html">EC2 query protocol</a>
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS query protocol</a>
 */
final class RequestDecoder {
    private final QueryProtocol protocol;
    private final SupportedParameters supported;
    private final EmptyTexts empties;
    private final Set<String> sentEmpty = new HashSet<>();

    RequestDecoder(QueryProtocol protocol, SupportedParameters supported, EmptyTexts empties) {
        this.protocol = protocol;
        this.supported = supported;
        this.empties = empties;
    }

    /**
     * Fills {@code builder}, a request class's own.
     *
     * @throws CloudException when a parameter is unknown, unsupported or malformed
     */
    Object decode(SdkPojo builder, Parameters parameters) {
        var root = ParameterNode.tree(parameters);
        parameters.list().stream()
                .filter(p -> p.value().isEmpty())
                .map(Parameter::name)
                .forEach(sentEmpty::add);
        return pojo(builder, root, "");
    }

    private Object pojo(SdkPojo builder, ParameterNode node, String name) {
        if (node.value() != null) {
            throw invalid(node, "is a structure");
        }
        for (var field : builder.sdkFields()) {
            var child = node.take(field.locationName());
            if (child != null) {
                var value =
                        value(field, child, name.isEmpty() ? field.locationName() : name + "." + field.locationName());
                if (value != null) {
                    field.set(builder, value);
                }
            }
        }
        for (var left : node.children().values()) {
            throw new CloudException(
                    ErrorCode.UNKNOWN_PARAMETER, "The parameter " + left.path() + " is not recognized");
        }
        return ((SdkBuilder<?, ?>) builder).build();
    }

    private @Nullable Object value(SdkField<?> field, ParameterNode node, String name) {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO ->
                absent(node, name) ? null : pojo(field.constructor().get(), node, name);
            case LIST -> absent(node, name) ? null : list(field.getRequiredTrait(ListTrait.class), node, name);
            case MAP -> absent(node, name) ? null : map(field.getRequiredTrait(MapTrait.class), node, name);
            default -> scalar(field, node, name);
        };
    }

    /** AWS's query protocol writes an empty list as a name without a value; EC2's leaves it out. */
    private boolean absent(ParameterNode node, String name) {
        return node.leaf()
                && "".equals(node.value())
                && (protocol == QueryProtocol.AWS || empties.isAbsent(name, sentEmpty));
    }

    private List<Object> list(ListTrait list, ParameterNode node, String name) {
        if (node.value() != null) {
            throw invalid(node, "is a list");
        }
        var items = new ArrayList<>();
        var holder = protocol == QueryProtocol.EC2 || list.isFlattened() ? node : only(node, memberName(list));
        for (var item : holder.items().values()) {
            var value = value(list.memberFieldInfo(), item, name);
            if (value != null) {
                items.add(value);
            }
        }
        return items;
    }

    private Map<String, Object> map(MapTrait map, ParameterNode node, String name) {
        var entries = new LinkedHashMap<String, Object>();
        var holder = map.isFlattened() ? node : only(node, "entry");
        for (var entry : holder.items().values()) {
            var key = entry.take(map.keyLocationName());
            var value = entry.take(map.valueLocationName());
            if (key == null || key.value() == null || !entry.leaf()) {
                throw invalid(entry, "needs a key and a value");
            }
            var decoded = value == null ? null : value(map.valueFieldInfo(), value, name);
            if (decoded != null) {
                entries.put(XmlCharacters.require(key.path(), key.value()), decoded);
            }
        }
        return entries;
    }

    private static String memberName(ListTrait list) {
        return list.memberLocationName() == null ? "member" : list.memberLocationName();
    }

    private static ParameterNode only(ParameterNode node, String name) {
        var child = node.take(name);
        if (child == null || !node.leaf()) {
            throw new CloudException(
                    ErrorCode.UNKNOWN_PARAMETER, "The parameter " + node.path() + " needs ." + name + ".N");
        }
        return child;
    }

    private @Nullable Object scalar(SdkField<?> field, ParameterNode node, String name) {
        if (!node.leaf()) {
            throw new CloudException(
                    ErrorCode.UNKNOWN_PARAMETER,
                    "The parameter "
                            + node.children().values().iterator().next().path() + " is not recognized");
        }
        var text = node.value();
        if (text == null || (text.isEmpty() && empties.isAbsent(name, sentEmpty))) {
            return null;
        }
        supported.require(name, node.path(), text);
        if (text.isEmpty() && !empties.isValue(name)) {
            throw empties.refusal(name, node.path());
        }
        return scalar(field, node, name, text);
    }

    private Object scalar(SdkField<?> field, ParameterNode node, String name, String text) {
        var type = field.marshallingType().getKnownType();
        try {
            return switch (type) {
                case STRING -> XmlCharacters.require(node.path(), text);
                case INTEGER -> Integer.valueOf(text);
                case LONG -> Long.valueOf(text);
                case SHORT -> Short.valueOf(text);
                case BYTE -> Byte.valueOf(text);
                case FLOAT -> Float.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case BIG_DECIMAL -> new BigDecimal(text);
                case BOOLEAN -> bool(text);
                case INSTANT -> instant(field, text);
                case SDK_BYTES -> SdkBytes.fromByteArray(Base64Text.decode(text));
                case NULL, SDK_POJO, LIST, MAP, DOCUMENT ->
                    throw new IllegalStateException(name + " is of type " + type + ", which a query cannot carry");
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new CloudException(
                    type == MarshallingKnownType.SDK_BYTES ? empties.code(name) : ErrorCode.INVALID_PARAMETER_VALUE,
                    sentence(node, "must be " + wanted(type)));
        }
    }

    private static Boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Instant instant(SdkField<?> field, String text) {
        var trait = field.getTrait(TimestampFormatTrait.class);
        var format = trait == null ? TimestampFormatTrait.Format.ISO_8601 : trait.format();
        return switch (format) {
            case ISO_8601 -> OffsetDateTime.parse(text).toInstant();
            case RFC_822 ->
                OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            case UNIX_TIMESTAMP -> Instant.ofEpochSecond(Long.parseLong(text));
            case UNIX_TIMESTAMP_MILLIS -> Instant.ofEpochMilli(Long.parseLong(text));
        };
    }

    private static String wanted(MarshallingKnownType type) {
        return switch (type) {
            case BOOLEAN -> "true or false";
            case INSTANT -> "a date and time";
            case SDK_BYTES -> "base64";
            case STRING, INTEGER, LONG, SHORT, BYTE, FLOAT, DOUBLE, BIG_DECIMAL, NULL, SDK_POJO, LIST, MAP, DOCUMENT ->
                "a number";
        };
    }

    private static CloudException invalid(ParameterNode node, String why) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, sentence(node, why));
    }

    private static String sentence(ParameterNode node, String why) {
        return "Invalid value '" + node.value() + "' for " + node.path() + ": it " + why;
    }
}
