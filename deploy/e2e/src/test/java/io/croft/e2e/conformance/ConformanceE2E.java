package io.croft.e2e.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

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
 * Every case by every client, against any lab; simulated hosts do ({@code deploy/e2e/conformance}). Beside what a case says, each request that changes
 * something is rehearsed first, and each listing that has filters refuses one that there is not; the CLI does that in the full run only
 * ({@code -Dcroft.conformance.full=true}), where it is started anew for each request.
 */
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceE2E {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final boolean FULL = Boolean.getBoolean("croft.conformance.full");

    private final LabEnvironment environment = LabEnvironment.current();
    private final List<ApiClient> clients = new ArrayList<>();

    @BeforeAll
    void start() throws IOException {
        clients.add(new SdkClient(environment));
        clients.add(new BotoClient(environment));
        clients.add(FULL ? CliClient.ofProcesses(environment) : CliClient.loadedOnce(environment));
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
        var thorough = FULL || client.isQuick();
        return Stream.concat(Case.all().stream(), thorough ? refusedFilters() : Stream.empty())
                .map(asked -> DynamicTest.dynamicTest(asked.toString(), () -> tryOut(conversation, asked, thorough)));
    }

    private static Stream<Case> refusedFilters() {
        return Coverage.filteredListings().map(ConformanceE2E::withoutSuchAFilter);
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
    private static void tryOut(Conversation conversation, Case asked, boolean thorough) {
        try {
            check(conversation, asked, thorough);
        } catch (UnknownActionException e) {
            abort(e.toString());
        }
    }

    private static void check(Conversation conversation, Case asked, boolean thorough) {
        if (thorough && asked.canBeRehearsed()) {
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
