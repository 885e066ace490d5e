package io.croft.controller.awsedge.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.LocationTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.Trait;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import software.amazon.smithy.aws.traits.protocols.Ec2QueryNameTrait;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.node.Node;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.model.traits.XmlFlattenedTrait;
import software.amazon.smithy.model.traits.XmlNameTrait;
import software.amazon.smithy.utils.StringUtils;

/** A structure of a Smithy model in the form of the AWS SDK's generated classes: it is its own builder, and describes its fields as they do. */
final class ModelledStructure implements SdkPojo, SdkBuilder<ModelledStructure, ModelledStructure> {
    private final Model model;
    private final StructureShape shape;
    private final QueryProtocol protocol;
    private final Map<String, Object> values = new LinkedHashMap<>();

    ModelledStructure(Model model, StructureShape shape, QueryProtocol protocol) {
        this.model = model;
        this.shape = shape;
        this.protocol = protocol;
    }

    Map<String, Object> values() {
        return values;
    }

    @Override
    public ModelledStructure build() {
        return this;
    }

    @Override
    public List<SdkField<?>> sdkFields() {
        var fields = new ArrayList<SdkField<?>>();
        shape.members().forEach(m -> fields.add(field(m)));
        return fields;
    }

    /** Takes a vector's parameters. */
    ModelledStructure fill(Node params) {
        params.expectObjectNode().getStringMap().forEach((name, node) -> {
            if (!node.isNullNode()) {
                values.put(name, value(shape.getMember(name).orElseThrow(), node));
            }
        });
        return this;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the SDK's own description of fields is not typed either
    private SdkField<?> field(MemberShape member) {
        var target = model.expectShape(member.getTarget());
        var traits = new ArrayList<Trait>();
        traits.add(LocationTrait.builder()
                .location(MarshallLocation.PAYLOAD)
                .locationName(requestName(member))
                .unmarshallLocationName(xmlName(member).orElse(member.getMemberName()))
                .build());
        timestampFormat(member, target).ifPresent(traits::add);
        var builder = SdkField.builder((MarshallingType) type(target)).memberName(member.getMemberName());
        builder.getter(p -> ((ModelledStructure) p).values.get(member.getMemberName()));
        builder.setter((p, v) -> ((ModelledStructure) p).values.put(member.getMemberName(), v));
        target.asStructureShape().ifPresent(s -> builder.constructor(() -> new ModelledStructure(model, s, protocol)));
        var flattened = member.hasTrait(XmlFlattenedTrait.class);
        target.asListShape()
                .ifPresent(l -> traits.add(ListTrait.builder()
                        .memberLocationName(xmlName(l.getMember()).orElse("member"))
                        .memberFieldInfo(field(l.getMember()))
                        .isFlattened(flattened)
                        .build()));
        target.asMapShape()
                .ifPresent(m -> traits.add(MapTrait.builder()
                        .keyLocationName(xmlName(m.getKey()).orElse("key"))
                        .valueLocationName(xmlName(m.getValue()).orElse("value"))
                        .valueFieldInfo(field(m.getValue()))
                        .isFlattened(flattened)
                        .build()));
        builder.traits(traits.toArray(Trait[]::new));
        return builder.build();
    }

    private String requestName(MemberShape member) {
        return switch (protocol) {
            case AWS -> xmlName(member).orElse(member.getMemberName());
            case EC2 ->
                member.getTrait(Ec2QueryNameTrait.class)
                        .map(Ec2QueryNameTrait::getValue)
                        .orElseGet(() -> StringUtils.capitalize(xmlName(member).orElse(member.getMemberName())));
        };
    }

    private static Optional<String> xmlName(MemberShape member) {
        return member.getTrait(XmlNameTrait.class).map(XmlNameTrait::getValue);
    }

    private static Optional<Trait> timestampFormat(MemberShape member, Shape target) {
        return member.getTrait(software.amazon.smithy.model.traits.TimestampFormatTrait.class)
                .or(() -> target.getTrait(software.amazon.smithy.model.traits.TimestampFormatTrait.class))
                .map(t -> TimestampFormatTrait.create(
                        switch (t.getValue()) {
                            case "epoch-seconds" -> TimestampFormatTrait.Format.UNIX_TIMESTAMP;
                            case "http-date" -> TimestampFormatTrait.Format.RFC_822;
                            default -> TimestampFormatTrait.Format.ISO_8601;
                        }));
    }

    private static MarshallingType<?> type(Shape target) {
        return switch (target.getType()) {
            case STRUCTURE -> MarshallingType.SDK_POJO;
            case LIST, SET -> MarshallingType.LIST;
            case MAP -> MarshallingType.MAP;
            case BOOLEAN -> MarshallingType.BOOLEAN;
            case BYTE -> MarshallingType.BYTE;
            case SHORT -> MarshallingType.SHORT;
            case INTEGER, INT_ENUM -> MarshallingType.INTEGER;
            case LONG -> MarshallingType.LONG;
            case FLOAT -> MarshallingType.FLOAT;
            case DOUBLE -> MarshallingType.DOUBLE;
            case TIMESTAMP -> MarshallingType.INSTANT;
            case BLOB -> MarshallingType.SDK_BYTES;
            default -> MarshallingType.STRING;
        };
    }

    private Object value(MemberShape member, Node node) {
        var target = model.expectShape(member.getTarget());
        return switch (target.getType()) {
            case STRUCTURE ->
                new ModelledStructure(model, target.asStructureShape().orElseThrow(), protocol).fill(node);
            case LIST, SET ->
                node.expectArrayNode().getElements().stream()
                        .map(n -> value(target.asListShape().orElseThrow().getMember(), n))
                        .toList();
            case MAP -> {
                var map = new LinkedHashMap<String, Object>();
                node.expectObjectNode()
                        .getStringMap()
                        .forEach((k, n) -> map.put(
                                k, value(target.asMapShape().orElseThrow().getValue(), n)));
                yield map;
            }
            case BOOLEAN -> node.expectBooleanNode().getValue();
            case BYTE -> number(node).byteValue();
            case SHORT -> number(node).shortValue();
            case INTEGER, INT_ENUM -> number(node).intValue();
            case LONG -> number(node).longValue();
            case FLOAT -> number(node).floatValue();
            case DOUBLE -> number(node).doubleValue();
            case TIMESTAMP -> Instant.ofEpochMilli(Math.round(number(node).doubleValue() * 1000));
            case BLOB -> SdkBytes.fromUtf8String(node.expectStringNode().getValue());
            default -> node.expectStringNode().getValue();
        };
    }

    private static Number number(Node node) {
        return node.asStringNode()
                .<Number>map(s -> Double.valueOf(s.getValue()))
                .orElseGet(() -> node.expectNumberNode().getValue());
    }
}
