package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.Mutations.Sent;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
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
    /** What only a tenant's request adds to. */
    private static final List<String> TABLES = List.of(
            "account",
            "access_key",
            "instance",
            "image",
            "key_pair",
            "security_group",
            "security_group_rule",
            "network_interface",
            "volume",
            "tag",
            "client_token");

    private static final List<String> OURS =
            List.of("Exception", "\tat ", "io.croft", "springframework", "postgres", "SQL", "Whitelabel", "Tomcat");

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    JdbcClient database;

    private RowChanges changes;
    private Tenant tenant;
    private final Map<String, String> own = new TreeMap<>();
    private final Map<String, String> foreign = new TreeMap<>();

    @BeforeAll
    void makeSomethingOfEach() {
        tenant = tenants.create("fuzz");
        fill(tenant, own);
        fill(tenants.create("neighbour"), foreign);
        changes = new RowChanges(database, TABLES);
    }

    @AfterAll
    void watchNoMore() {
        changes.close();
    }

    private static void fill(Tenant tenant, Map<String, String> ids) {
        var image = tenant.image("fuzzed by " + tenant.account);
        var instance = tenant.ec2
                .runInstances(r -> r.imageId(image)
                        .instanceType("t3.nano")
                        .minCount(1)
                        .maxCount(1)
                        .hibernationOptions(h -> h.configured(true)))
                .instances()
                .getFirst();
        ids.put("image", image);
        ids.put("instance", instance.instanceId());
        ids.put("vpc", instance.vpcId());
        ids.put("subnet", instance.subnetId());
        ids.put("group", instance.securityGroups().getFirst().groupId());
        ids.put("nic", instance.networkInterfaces().getFirst().networkInterfaceId());
        ids.put("volume", tenant.ec2.describeVolumes().volumes().getFirst().volumeId());
        ids.put(
                "key",
                tenant.ec2
                        .createKeyPair(r -> r.keyName("fuzz").keyType("ed25519"))
                        .keyPairId());
        ids.put(
                "rule",
                tenant.ec2
                        .describeSecurityGroupRules(r -> {})
                        .securityGroupRules()
                        .getFirst()
                        .securityGroupRuleId());
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
