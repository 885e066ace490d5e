package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.context.Noun;
import io.croft.controller.ec2api.Mutations.Sent;
import io.croft.controller.fixture.NounFixtures;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Requests that the AWS CLI and boto3 sent, spoilt in every way that comes to mind. Each is answered in the client's own form and never by a failure of ours, and
 * one that was refused leaves nothing behind. {@code -Dcroft.fuzz.seed=N} repeats a run.
 */
@SpringBootTest(
        classes = CroftController.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"croft.aws.throttle.burst=1000000", "croft.aws.throttle.per-second=100000"})
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzIT {
    /** What only a tenant's request adds to, beside what is listed. */
    private static final List<String> TABLES = List.of("account", "access_key", "tag", "client_token");

    private static final List<String> OURS =
            List.of("Exception", "\tat ", "io.croft", "springframework", "postgres", "SQL", "Whitelabel", "Tomcat");

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    JdbcClient database;

    @Autowired
    List<Noun> nouns;

    @Autowired
    BeanFactory beans;

    private RowChanges changes;
    private Tenant tenant;
    private Map<String, String> own = Map.of();
    private Map<String, String> foreign = Map.of();

    @BeforeAll
    void makeSomethingOfEach() {
        tenant = tenants.create("fuzz");
        own = NounFixtures.make(tenant, beans);
        foreign = NounFixtures.make(tenants.create("neighbour"), beans);
        changes = new RowChanges(
                database,
                Stream.concat(TABLES.stream(), nouns.stream().map(Noun::table)).toList());
    }

    @AfterAll
    void watchNoMore() {
        changes.close();
    }

    @Test
    void badInputIsRefusedInTheClientsForm() throws IOException {
        fuzz(5_000);
    }

    @Test
    @Tag("long")
    void badInputIsRefusedInTheClientsFormForLong() throws IOException {
        fuzz(100_000);
    }

    private void fuzz(int requests) throws IOException {
        var seed = Long.getLong("croft.fuzz.seed", new Random().nextLong());
        System.out.println("fuzz seed " + seed);
        var mutations = new Mutations(new Random(seed), recorded(), own, foreign, tenant);
        var outcomes = new TreeMap<String, Integer>();
        changes.take();
        for (var n = 0; n < requests; n++) {
            var sent = mutations.next();
            var answer = sent.send();
            var changed = changes.take();
            var context = "seed %d, request %d, %s%n%s".formatted(seed, n, sent.how(), shortened(sent));
            outcomes.merge(check(context, answer, changed), 1, Integer::sum);
        }
        System.out.println("fuzz outcomes " + outcomes);
        assertThat(outcomes).as("reaches further than the edge").hasSizeGreaterThan(20);
    }

    /** Returns what came of it: the error's code, or nothing. */
    private static String check(String context, Mutations.Reply answer, Map<String, Long> changed) {
        assertThat(answer.status()).as("%s%n%s", context, answer.body()).isLessThan(500);
        var document = parse(context, answer.body());
        if (answer.status() >= 400) {
            assertThat(text(document, "Code")).as(context).isNotBlank();
            assertThat(text(document, "RequestID") + text(document, "RequestId"))
                    .as(context)
                    .isEqualTo(answer.requestId());
            assertThat(OURS).as("%s%n%s", context, answer.body()).noneMatch(text(document, "Message")::contains);
            assertThat(changed.values())
                    .as("%s%n%s%nmore rows: %s", context, answer.body(), changed)
                    .allMatch(more -> more <= 0);
        }
        return text(document, "Code");
    }

    private static Document parse(String context, String xml) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError(context + "\n" + xml, e);
        }
    }

    private static String text(Document document, String element) {
        var found = document.getElementsByTagName(element);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    private static String shortened(Sent sent) {
        var form = sent.form();
        return form.length() > 2_000 ? form.substring(0, 2_000) + "... (" + form.length() + ")" : form;
    }

    private static List<String> recorded() throws IOException {
        try (var in = Objects.requireNonNull(FuzzIT.class.getResourceAsStream("requests.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.substring(line.indexOf('\t') + 1))
                    .distinct()
                    .toList();
        }
    }
}
