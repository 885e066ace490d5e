package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A request as it is on the wire, word for word: for what an SDK would leave out, put in or call otherwise. */
public final class WireCall {
    private final int status;
    private final Document body;

    private WireCall(int status, Document body) {
        this.status = status;
        this.body = body;
    }

    /**
     * Sends it and takes the answer, whatever it is.
     *
     * @param parameters each {@code name=value}, the value as it is before it is encoded
     */
    public static WireCall of(Tenant tenant, String action, String... parameters) {
        var form = Stream.concat(Stream.of("Action=" + action, "Version=2016-11-15"), Stream.of(parameters))
                .map(WireCall::encoded)
                .collect(Collectors.joining("&"));
        var answer = tenant.send("ec2", form);
        try {
            var body = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(answer.body())));
            return new WireCall(answer.statusCode(), body);
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(action + ": " + answer.body(), e);
        }
    }

    /** Sends what has to be served. */
    public static WireCall served(Tenant tenant, String action, String... parameters) {
        var answer = of(tenant, action, parameters);
        assertThat(answer.error()).as(action).isEmpty();
        assertThat(answer.status()).as(action).isEqualTo(200);
        return answer;
    }

    /** Terraform's provider takes a resource for gone only on this very code, and gives up at once only on a 400. */
    public static void gone(Tenant tenant, String code, String action, String... parameters) {
        var answer = of(tenant, action, parameters);
        assertThat(answer.error()).as(action).isEqualTo(code);
        assertThat(answer.status()).as(action).isEqualTo(400);
    }

    /** It has just these texts at the paths under {@code item}. */
    public void reads(String item, Map<String, String> fields) {
        fields.forEach(
                (path, value) -> assertThat(all(item + "/" + path)).as(path).containsExactly(value));
    }

    private static String encoded(String parameter) {
        var split = parameter.indexOf('=');
        return parameter.substring(0, split + 1)
                + URLEncoder.encode(parameter.substring(split + 1), StandardCharsets.UTF_8);
    }

    public int status() {
        return status;
    }

    /** The error's code; empty when there is none. */
    public String error() {
        return at("Errors/Error/Code");
    }

    /** The text of the first element at the path, from the answer's root on; empty when there is none. */
    public String at(String path) {
        return all(path).stream().findFirst().orElse("");
    }

    /** The texts of all elements at the path. */
    public List<String> all(String path) {
        try {
            var nodes = (NodeList)
                    XPathFactory.newDefaultInstance().newXPath().evaluate("/*/" + path, body, XPathConstants.NODESET);
            return IntStream.range(0, nodes.getLength())
                    .mapToObj(i -> nodes.item(i).getTextContent())
                    .toList();
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
