package io.croft.controller.awsedge.query;

import io.croft.controller.awsedge.Content;
import io.croft.controller.awsedge.XmlText;
import io.croft.controller.awsedge.XmlText.Tag;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
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

    /**
     * The same of a structure's member, or of what a list holds.
     *
     * @param tag what it is written under, unless what holds it says otherwise
     * @param items of a list
     */
    private record Member(
            SdkField<?> field, Tag tag, @Nullable Items items) {
        private static Member of(SdkField<?> field) {
            var trait = field.getTrait(ListTrait.class);
            return new Member(
                    field,
                    Tag.of(String.valueOf(field.unmarshallLocationName())),
                    trait == null ? null : Items.of(trait));
        }
    }

    /**
     * A list's items.
     *
     * @param tag what each is written under; null for the protocol's own word
     */
    private record Items(boolean flattened, @Nullable Tag tag, Member each) {
        private static Items of(ListTrait trait) {
            var name = trait.memberLocationName();
            return new Items(
                    trait.isFlattened(), name == null ? null : Tag.of(name), Member.of(trait.memberFieldInfo()));
        }
    }

    private final QueryProtocol protocol;
    private final String namespace;

    /** What an item of a list is written under that has no word of its own. */
    private final Tag item;

    /** Of {@code namespace}'s service. */
    ResponseEncoder(QueryProtocol protocol, String namespace) {
        this.protocol = protocol;
        this.namespace = namespace;
        this.item = item(protocol);
    }

    Content encode(String action, SdkPojo response, String requestId) {
        var root = action + "Response";
        var xml = new XmlText().open(root, namespace);
        switch (protocol) {
            case EC2 -> {
                xml.element("requestId", requestId);
                if (response.sdkFields().isEmpty()) {
                    xml.element("return", "true");
                }
                members(xml, response);
            }
            case AWS -> {
                if (!response.sdkFields().isEmpty()) {
                    xml.open(action + "Result");
                    members(xml, response);
                    xml.close(action + "Result");
                }
                xml.open("ResponseMetadata").element("RequestId", requestId).close("ResponseMetadata");
            }
        }
        return new Content(protocol.errors().contentType(), xml.close(root).bytes());
    }

    private void members(XmlText xml, SdkPojo pojo) {
        for (var member : Structure.of(pojo).members()) {
            var value = member.field().getValueOrDefault(pojo);
            if (value instanceof SdkPojo part && !Structure.of(part).attribute()) {
                var begun = xml.begin(member.tag());
                members(xml, part);
                xml.endUnlessEmpty(member.tag(), begun);
            } else if (value != null && !unset(value)) {
                member(xml, member, member.tag(), value);
            }
        }
    }

    private void member(XmlText xml, Member member, Tag tag, Object value) {
        switch (value) {
            case String text -> xml.element(tag, text);
            case SdkPojo pojo -> {
                xml.open(tag);
                members(xml, pojo);
                xml.close(tag);
            }
            case List<?> list -> list(xml, Objects.requireNonNull(member.items()), tag, list);
            case Map<?, ?> map -> map(xml, member.field().getRequiredTrait(MapTrait.class), tag, map);
            default -> xml.element(tag, scalar(member.field(), value));
        }
    }

    private void list(XmlText xml, Items items, Tag tag, List<?> list) {
        if (items.flattened()) {
            items(xml, items, tag, list);
        } else if (list.isEmpty()) {
            xml.empty(tag);
        } else {
            xml.open(tag);
            items(xml, items, items.tag() == null ? item : items.tag(), list);
            xml.close(tag);
        }
    }

    private void items(XmlText xml, Items items, Tag tag, List<?> list) {
        for (var one : list) {
            if (one != null) {
                member(xml, items.each(), tag, one);
            }
        }
    }

    private static Tag item(QueryProtocol protocol) {
        return switch (protocol) {
            case EC2 -> Tag.of("item");
            case AWS -> Tag.of("member");
        };
    }

    private void map(XmlText xml, MapTrait trait, Tag tag, Map<?, ?> map) {
        if (!trait.isFlattened()) {
            xml.open(tag);
        }
        var entry = trait.isFlattened() ? tag : Tag.of("entry");
        var each = Member.of(trait.valueFieldInfo());
        map.forEach((key, value) -> {
            xml.open(entry).element(trait.keyLocationName(), key.toString());
            member(xml, each, Tag.of(trait.valueLocationName()), value);
            xml.close(entry);
        });
        if (!trait.isFlattened()) {
            xml.close(tag);
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
