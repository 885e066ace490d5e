package io.croft.controller.awsedge;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * Writes the AWS SDK's response classes as the XML of the query protocols, by walking their own field descriptions.
 *
 * <p>What is null is left out; an empty list that was set is an empty element; a structure without any content is left out, since clients fail on one where AWS
 * sends none.
 */
final class ResponseEncoder {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final Map<Class<?>, Structure> STRUCTURES = new ConcurrentHashMap<>();

    /**
     * What is asked again and again of one of the SDK's classes, asked once.
     *
     * @param fields the class's own list of them
     * @param attribute whether AWS sends it as an empty element when it is asked for and has no value
     */
    private record Structure(List<SdkField<?>> fields, List<Member> members, boolean attribute) {
        @SuppressWarnings("ReferenceEquality") // a class has one list
        private static Structure of(SdkPojo pojo) {
            var known = STRUCTURES.get(pojo.getClass());
            return known != null && known.fields == pojo.sdkFields() ? known : read(pojo);
        }

        private static Structure read(SdkPojo pojo) {
            var structure = new Structure(
                    pojo.sdkFields(),
                    pojo.sdkFields().stream().map(Member::of).toList(),
                    pojo.getClass().getSimpleName().equals("AttributeValue"));
            STRUCTURES.put(pojo.getClass(), structure);
            return structure;
        }
    }

    private record Member(SdkField<?> field, String name) {
        private static Member of(SdkField<?> field) {
            return new Member(field, field.unmarshallLocationName());
        }
    }

    private final AwsService service;

    ResponseEncoder(AwsService service) {
        this.service = service;
    }

    String encode(String action, SdkPojo response, String requestId) {
        var root = action + "Response";
        var xml = new XmlText().open(root, service.namespace());
        switch (service.protocol()) {
            case EC2_QUERY -> {
                xml.element("requestId", requestId);
                if (response.sdkFields().isEmpty()) {
                    xml.element("return", "true");
                }
                members(xml, response);
            }
            case AWS_QUERY -> {
                if (!response.sdkFields().isEmpty()) {
                    xml.open(action + "Result");
                    members(xml, response);
                    xml.close(action + "Result");
                }
                xml.open("ResponseMetadata").element("RequestId", requestId).close("ResponseMetadata");
            }
        }
        return xml.close(root).toString();
    }

    private void members(XmlText xml, SdkPojo pojo) {
        for (var member : Structure.of(pojo).members()) {
            var value = member.field().getValueOrDefault(pojo);
            if (value instanceof SdkPojo part && !Structure.of(part).attribute()) {
                unlessEmpty(xml, member.name(), part);
            } else if (value != null && !unset(value)) {
                member(xml, member.field(), member.name(), value);
            }
        }
    }

    private void unlessEmpty(XmlText xml, String name, SdkPojo part) {
        var mark = xml.begin(name);
        members(xml, part);
        xml.endUnlessEmpty(name, mark);
    }

    private void member(XmlText xml, SdkField<?> field, String name, Object value) {
        switch (value) {
            case String text -> xml.element(name, text);
            case SdkPojo pojo -> {
                xml.open(name);
                members(xml, pojo);
                xml.close(name);
            }
            case List<?> list -> list(xml, field.getRequiredTrait(ListTrait.class), name, list);
            case Map<?, ?> map -> map(xml, field.getRequiredTrait(MapTrait.class), name, map);
            default -> xml.element(name, scalar(field, value));
        }
    }

    private void list(XmlText xml, ListTrait trait, String name, List<?> list) {
        if (trait.isFlattened()) {
            items(xml, trait, name, list);
        } else if (list.isEmpty()) {
            xml.empty(name);
        } else {
            xml.open(name);
            items(xml, trait, memberName(trait), list);
            xml.close(name);
        }
    }

    private void items(XmlText xml, ListTrait trait, String name, List<?> list) {
        for (var item : list) {
            if (item != null) {
                member(xml, trait.memberFieldInfo(), name, item);
            }
        }
    }

    private String memberName(ListTrait trait) {
        if (trait.memberLocationName() != null) {
            return trait.memberLocationName();
        }
        return switch (service.protocol()) {
            case EC2_QUERY -> "item";
            case AWS_QUERY -> "member";
        };
    }

    private void map(XmlText xml, MapTrait trait, String name, Map<?, ?> map) {
        if (!trait.isFlattened()) {
            xml.open(name);
        }
        var entry = trait.isFlattened() ? name : "entry";
        map.forEach((key, value) -> {
            xml.open(entry).element(trait.keyLocationName(), key.toString());
            member(xml, trait.valueFieldInfo(), trait.valueLocationName(), value);
            xml.close(entry);
        });
        if (!trait.isFlattened()) {
            xml.close(name);
        }
    }

    private static String scalar(SdkField<?> field, Object value) {
        return switch (value) {
            case Instant instant -> timestamp(field, instant);
            case SdkBytes bytes -> Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
            default -> value.toString();
        };
    }

    private static String timestamp(SdkField<?> field, Instant instant) {
        var trait = field.getTrait(TimestampFormatTrait.class);
        var format = trait == null ? TimestampFormatTrait.Format.ISO_8601 : trait.format();
        return switch (format) {
            case ISO_8601 -> MILLIS.format(instant);
            case RFC_822 -> DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
            case UNIX_TIMESTAMP -> Long.toString(instant.getEpochSecond());
            case UNIX_TIMESTAMP_MILLIS -> Long.toString(instant.toEpochMilli());
        };
    }

    private static boolean unset(Object value) {
        return value instanceof SdkAutoConstructList<?> || value instanceof SdkAutoConstructMap<?, ?>;
    }
}
