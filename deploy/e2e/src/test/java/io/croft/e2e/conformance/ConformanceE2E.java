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
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
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

    private final ExecutorService conversations = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ApiClient> clients = new ArrayList<>();

    @AfterAll
    void stop() {
        conversations.shutdownNow();
        clients.forEach(ApiClient::close);
    }

    /** The clients talk at the same time, each for an account of its own and in the order of the cases; a case's test waits for what came of it. */
    @TestFactory
    List<DynamicContainer> cases() throws IOException {
        return List.of(
                talk("java", SdkClient::new),
                talk("boto3", BotoClient::new),
                talk("cli", FULL ? CliClient::ofProcesses : CliClient::loadedOnce));
    }

    /** A client of AWS's, for a tenant of the lab. */
    private interface Connector {
        ApiClient connect(LabEnvironment tenant) throws IOException;
    }

    private DynamicContainer talk(String name, Connector connector) throws IOException {
        var tenant = LabEnvironment.current().withAccount("conformance-" + name + "-" + UUID.randomUUID());
        var client = connector.connect(tenant);
        clients.add(client);
        var conversation = new Conversation(client, Map.of("image", tenant.image()));
        var thorough = FULL || client.isQuick();
        var tests = new ArrayList<DynamicTest>();
        var turns = new ArrayList<FutureTask<Case>>();
        Stream.concat(Case.all().stream(), thorough ? refusedFilters() : Stream.empty())
                .forEach(asked -> {
                    var turn = new FutureTask<>(() -> tryOut(conversation, asked, thorough), asked);
                    turns.add(turn);
                    tests.add(DynamicTest.dynamicTest(asked.toString(), () -> outcome(turn)));
                });
        conversations.execute(() -> turns.forEach(FutureTask::run));
        return DynamicContainer.dynamicContainer(client.name(), tests);
    }

    private static void outcome(FutureTask<Case> turn) throws Throwable {
        try {
            turn.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
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
