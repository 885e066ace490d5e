package io.croft.controller.awsedge.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.awsedge.EmptyTexts;
import io.croft.controller.awsedge.SupportedParameters;
import io.croft.controller.edge.RawRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.model.shapes.ToShapeId;
import software.amazon.smithy.protocoltests.traits.HttpRequestTestCase;
import software.amazon.smithy.protocoltests.traits.HttpRequestTestsTrait;
import software.amazon.smithy.protocoltests.traits.HttpResponseTestCase;
import software.amazon.smithy.protocoltests.traits.HttpResponseTestsTrait;

/**
 * AWS's own test vectors, turned round: what a client must send is read, and what a client must understand is written.
 *
 * @see <a href="https://smithy.io/2.0/additional-specs/http-protocol-compliance-tests.html">HTTP protocol compliance tests</a>
 */
class ProtocolVectorsTest {
    private static final Model MODEL =
            Model.assembler().discoverModels().assemble().getResult().orElseThrow();

    private static final Map<String, QueryProtocol> PROTOCOLS =
            Map.of("ec2Query", QueryProtocol.EC2, "awsQuery", QueryProtocol.AWS);

    /** What an answer has besides its members; the vectors leave some of it out, and have none of the word that EC2 says when it has nothing to say. */
    private static final Set<String> AROUND = Set.of("requestid", "responsemetadata", "return");

    /** Vectors about what only a client does, each with the reason. */
    private static final Set<String> ONLY_CLIENTS = Set.of(
            // the client draws a token that the vector's parameters do not have
            "Ec2ProtocolIdempotencyTokenAutoFill",
            "QueryProtocolIdempotencyTokenAutoFill",
            // the body is compressed
            "SDKAppliedContentEncoding_ec2Query",
            "SDKAppliedContentEncoding_awsQuery",
            "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_ec2Query",
            "SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery",
            // a client has to read other offsets and several spellings of the same; a server writes one
            "Ec2QueryDateTimeWithNegativeOffset",
            "Ec2QueryDateTimeWithPositiveOffset",
            "AwsQueryDateTimeWithNegativeOffset",
            "AwsQueryDateTimeWithPositiveOffset",
            "Ec2XmlEmptySelfClosedBlobs",
            "QueryXmlEmptySelfClosedBlobs");

    @TestFactory
    Stream<DynamicTest> readsWhatClientsSend() {
        return operations()
                .flatMap(o -> o.getTrait(HttpRequestTestsTrait.class).stream()
                        .flatMap(t -> t.getTestCases().stream())
                        .filter(c -> PROTOCOLS.containsKey(c.getProtocol().getName()))
                        .filter(c -> !ONLY_CLIENTS.contains(c.getId()))
                        .map(c -> DynamicTest.dynamicTest(c.getId(), () -> reads(o, c))));
    }

    @TestFactory
    Stream<DynamicTest> writesWhatClientsUnderstand() {
        return operations()
                .flatMap(o -> o.getTrait(HttpResponseTestsTrait.class).stream()
                        .flatMap(t -> t.getTestCases().stream())
                        .filter(c -> PROTOCOLS.containsKey(c.getProtocol().getName()))
                        .filter(c -> !ONLY_CLIENTS.contains(c.getId()))
                        .filter(c -> c.getBody().isPresent())
                        .map(c -> DynamicTest.dynamicTest(c.getId(), () -> writes(o, c))));
    }

    private static Stream<OperationShape> operations() {
        return MODEL.shapes(OperationShape.class).sorted();
    }

    private static void reads(OperationShape operation, HttpRequestTestCase vector) {
        var protocol = protocol(vector.getProtocol());
        var input = structure(operation.getInputShape());
        var request = new RawRequest(
                "POST",
                "/",
                "",
                Map.of("content-type", List.of("application/x-www-form-urlencoded")),
                vector.getBody().orElseThrow().getBytes(StandardCharsets.UTF_8));
        var envelope = Form.open(protocol, request);
        var everything = new SupportedParameters(Set.of(), List.of(""), Set.of());
        var empties = new EmptyTexts(operation.getId().getName(), Set.of(), List.of(), Map.of());
        var decoded = new RequestDecoder(protocol, everything, empties)
                .decode(new ModelledStructure(MODEL, input, protocol), envelope.parameters());
        var expected = new ModelledStructure(MODEL, input, protocol).fill(vector.getParams());
        assertThat(envelope.action()).isEqualTo(operation.getId().getName());
        assertThat(plain(decoded)).isEqualTo(plain(expected));
    }

    private static void writes(OperationShape operation, HttpResponseTestCase vector) throws Exception {
        var protocol = protocol(vector.getProtocol());
        var output = structure(operation.getOutputShape());
        var response = new ModelledStructure(MODEL, output, protocol).fill(vector.getParams());
        var written = new ResponseEncoder(protocol, "https://example.com/")
                .encode(operation.getId().getName(), response, "id")
                .bytes()
                .asUtf8String();
        assertThat(tree(written)).isEqualTo(tree(vector.getBody().orElseThrow()));
    }

    private static StructureShape structure(ToShapeId id) {
        return MODEL.expectShape(id.toShapeId(), StructureShape.class);
    }

    private static QueryProtocol protocol(ToShapeId protocol) {
        return Objects.requireNonNull(PROTOCOLS.get(protocol.toShapeId().getName()));
    }

    /** Values without what the query protocols cannot tell from nothing: empty lists, maps and structures. */
    private static Object plain(Object value) {
        return switch (value) {
            case ModelledStructure structure -> entries(structure.values());
            case Map<?, ?> map -> entries(map);
            case List<?> list -> list.stream().map(ProtocolVectorsTest::plain).toList();
            default -> value;
        };
    }

    private static Map<String, Object> entries(Map<?, ?> map) {
        var plain = new LinkedHashMap<String, Object>();
        BiConsumer<Object, Object> keep = (k, v) -> {
            var p = plain(v);
            if (!(p instanceof List<?> l && l.isEmpty()) && !(p instanceof Map<?, ?> m && m.isEmpty())) {
                plain.put(k.toString(), p);
            }
        };
        map.forEach(keep);
        return plain;
    }

    /** An element's children by name, in order, without what stands around them and white space; a time's milliseconds are left out when they are zero. */
    private static Object tree(String xml) throws Exception {
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.strip().getBytes(StandardCharsets.UTF_8)));
        return Map.of(document.getDocumentElement().getTagName(), tree(document.getDocumentElement()));
    }

    private static Object tree(Element element) {
        var children = new LinkedHashMap<String, List<Object>>();
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() == Node.ELEMENT_NODE
                    && !AROUND.contains(node.getNodeName().toLowerCase(Locale.ROOT))) {
                children.computeIfAbsent(node.getNodeName(), _ -> new ArrayList<>())
                        .add(tree((Element) node));
            }
        }
        if (!children.isEmpty()) {
            return children;
        }
        var onlyText = element.getElementsByTagName("*").getLength() == 0;
        return onlyText ? element.getTextContent().strip().replace(".000Z", "Z") : "";
    }
}
