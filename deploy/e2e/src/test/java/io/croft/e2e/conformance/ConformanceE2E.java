package io.croft.e2e.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.croft.e2e.AwsCli;
import io.croft.e2e.LabEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every case by every client, against any lab; simulated hosts do ({@code deploy/e2e/conformance}). Beside what a case says, by the quick clients each request
 * that changes something is rehearsed first, and each listing that has filters refuses one that there is not.
 */
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceE2E {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LabEnvironment environment = LabEnvironment.current();
    private final List<ApiClient> clients = new ArrayList<>();

    @BeforeAll
    void start() throws IOException {
        clients.add(new SdkClient(environment));
        clients.add(new BotoClient(environment));
        clients.add(new CliClient(new AwsCli(environment)));
    }

    @AfterAll
    void stop() {
        clients.forEach(ApiClient::close);
    }

    @TestFactory
    Stream<DynamicContainer> cases() {
        return clients.stream()
                .map(client -> DynamicContainer.dynamicContainer(client.name(), nodes(client, environment.image())));
    }

    private static Stream<DynamicNode> nodes(ApiClient client, String image) {
        var conversation = new Conversation(client, Map.of("image", image));
        return Stream.concat(Case.all().stream(), refusedFilters(client))
                .map(asked -> DynamicTest.dynamicTest(asked.toString(), () -> tryOut(conversation, asked)));
    }

    /** What a listing answers to a filter that there is not does not depend on the client, so a slow one leaves it to the others. */
    private static Stream<Case> refusedFilters(ApiClient client) {
        return client.isQuick() ? Coverage.filteredListings().map(ConformanceE2E::withoutSuchAFilter) : Stream.empty();
    }

    private static Case withoutSuchAFilter(String listing) {
        var versions = listing.endsWith(":DescribeLaunchTemplateVersions") ? ",\"Versions\":[\"$Latest\"]" : "";
        return Case.refused(
                listing,
                "by a filter that there is not",
                "{\"Filters\":[{\"Name\":\"no-such-filter\",\"Values\":[\"x\"]}]" + versions + "}",
                "InvalidParameterValue");
    }

    /** What a client is too old for is skipped, and counted as such. */
    private static void tryOut(Conversation conversation, Case asked) {
        try {
            check(conversation, asked);
        } catch (UnknownActionException e) {
            abort(e.toString());
        }
    }

    private static void check(Conversation conversation, Case asked) {
        if (conversation.rehearses(asked)) {
            assertThat(conversation.dryRun(asked)).as("dry run").isEqualTo("DryRunOperation");
        }
        if (asked.await()) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(conversation.differences(asked)).isEmpty());
        } else {
            assertThat(conversation.differences(asked)).isEmpty();
        }
        if (asked.again()) {
            assertThat(conversation.differencesAgain(asked)).as("again").isEmpty();
        }
    }
}
