package io.croft.controller.hostlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.controller.blobstore.Blobs;
import io.croft.controller.fleet.CertificateAuthority;
import io.croft.controller.fleet.EnrolledHosts;
import io.croft.controller.fleet.Enrollment;
import io.croft.controller.fleet.EnrollmentTokens;
import io.croft.controller.fleet.Fences;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostSessions;
import io.croft.controller.fleet.HostState;
import io.croft.controller.recovery.Recovery;
import io.croft.protocol.DesiredBatch;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.HostDocument;
import io.croft.protocol.HostFacts;
import io.croft.protocol.InstanceVerb;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.ObservedReport;
import io.croft.protocol.OperationResult;
import io.croft.protocol.OperationSpec;
import io.croft.protocol.Orphan;
import io.croft.protocol.Presence;
import io.croft.protocol.SecurityGroupSpec;
import io.croft.testing.TestAccounts;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.Era;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.OperationId;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.modulith.test.ApplicationModuleTest.BootstrapMode;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@ApplicationModuleTest(
        mode = BootstrapMode.ALL_DEPENDENCIES,
        verifyAutomatically = false,
        webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(RecordingObserver.class)
class HostlinkIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AccountId ACCOUNT = new AccountId("123456789012");

    @Autowired
    Connectors connectors;

    @Autowired
    CertificateAuthority authority;

    @Autowired
    EnrollmentTokens tokens;

    @Autowired
    Enrollment enrollment;

    @Autowired
    HostSessions sessions;

    @Autowired
    HostDocuments documents;

    @Autowired
    HostObservations observations;

    @Autowired
    HostOperations operations;

    @Autowired
    Fleet fleet;

    @Autowired
    Fences fences;

    @Autowired
    Recovery recovery;

    @Autowired
    RestoredDocuments restored;

    @Autowired
    RecordingObserver observer;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcClient database;

    @Autowired
    Blobs blobs;

    @LocalServerPort
    int plainPort;

    private ProtocolClient agent;
    private HostId host;
    private long sequence;

    @BeforeEach
    void enroll() {
        agent = new ProtocolClient(connectors, authority.certificate());
        agent.enroll(tokens.issue(Duration.ofMinutes(5)).token());
        host = agent.host();
    }

    @AfterEach
    void leave() {
        agent.close();
    }

    private static SecurityGroupSpec group(SecurityGroupId id, long generation, Presence presence) {
        var vpc = new VpcId("vpc-00000000000000001");
        return new SecurityGroupSpec(id, ACCOUNT, vpc, new Generation(generation), presence, List.of());
    }

    private static SecurityGroupSpec group(SecurityGroupId id, long generation) {
        return group(id, generation, Presence.PRESENT);
    }

    private void put(HostDocument... all) {
        transactions.executeWithoutResult(_ -> documents.put(host, List.of(all)));
    }

    private static DesiredBatch next(BlockingQueue<DesiredBatch> stream) throws InterruptedException {
        var batch = stream.poll(5, TimeUnit.SECONDS);
        if (batch == null) {
            throw new AssertionError("no line in 5 s");
        }
        return batch;
    }

    private ObservedReport report(boolean full, long applied, ObservedDocument... observed) {
        return new ObservedReport(
                1, "boot", ++sequence, full, applied, facts(full), List.of(observed), List.of(), List.of());
    }

    private @Nullable HostFacts facts(boolean full) {
        return full ? EnrolledHosts.facts(host, 4, 8) : null;
    }

    private static ObservedDocument observed(HostDocument document, State state) {
        return new ObservedDocument(document.key(), document.generation(), state, null, "2026-11-21T10:00:00Z");
    }

    @Test
    void theStreamTellsEverythingFirstAndThenWhatChanges() throws InterruptedException {
        var first = SecurityGroupId.random(RANDOM);
        put(group(first, 1));

        var stream = agent.desired(0);
        assertThat(next(stream)).isEqualTo(new DesiredBatch(1, true, List.of(group(first, 1))));

        var second = SecurityGroupId.random(RANDOM);
        put(group(second, 1), group(first, 2, Presence.ABSENT));
        var change = next(stream);
        assertThat(change.full()).isFalse();
        assertThat(change.revision()).isEqualTo(2);
        assertThat(change.documents()).containsExactlyInAnyOrder(group(second, 1), group(first, 2, Presence.ABSENT));

        assertThat(next(agent.desired(1)).documents()).hasSize(2);
    }

    /** It is the database that is old: a host that it never told so much must not be told less. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHostThatKnowsMoreThanItWasToldIsToldNothingAndAskedForItsLedger(boolean started) throws InterruptedException {
        put(group(SecurityGroupId.random(RANDOM), 1));
        var stream = started ? agent.desiredWhole(99) : agent.desired(99);
        assertThat(next(stream)).isEqualTo(new DesiredBatch(99, false, List.of()));
        assertThat(recovery.state().reconciles()).isTrue();
        assertThat(recovery.state().reason()).contains(host.value());

        assertThatThrownBy(() -> put(group(SecurityGroupId.random(RANDOM), 1))).hasMessageContaining("restored");
        var receipt = agent.report(report(true, 99));
        assertThat(receipt.wantsLedger()).isTrue();
        assertThat(agent.report(report(false, 99)).wantsLedger()).isFalse();

        transactions.executeWithoutResult(_ -> {
            var era = recovery.state().era().next();
            recovery.merged(host);
            recovery.serve(era);
            restored.begin(host, era, List.of());
            documents.put(host, List.of(group(SecurityGroupId.random(RANDOM), era.base() + 1)));
        });
        var told = next(stream);
        assertThat(told.full()).isTrue();
        assertThat(Era.of(told.revision())).isEqualTo(recovery.state().era());
        assertThat(recovery.state().reconciles()).isFalse();
    }

    @Test
    void aHostThatWasStartedIsToldEverythingAgain() throws InterruptedException {
        var first = SecurityGroupId.random(RANDOM);
        put(group(first, 1));
        assertThat(next(agent.desiredWhole(1))).isEqualTo(new DesiredBatch(1, true, List.of(group(first, 1)), 1));
        var second = SecurityGroupId.random(RANDOM);
        put(group(second, 1));
        assertThat(next(agent.desiredWhole(1)))
                .as("what it was told comes first, and how much that is")
                .isEqualTo(new DesiredBatch(2, true, List.of(group(first, 1), group(second, 1)), 1));
    }

    /** It knows of another history, which led to no lower revision. */
    @Test
    void aHostThatRefusesWhatItWasToldIsToldNothingMoreOfThatEra() throws InterruptedException {
        put(group(SecurityGroupId.random(RANDOM), 1));
        assertThat(next(agent.desiredRefusing(1))).isEqualTo(new DesiredBatch(1, false, List.of()));
        assertThat(recovery.state().reconciles()).isTrue();
        assertThat(recovery.state().reason()).contains(host.value(), "told otherwise");

        transactions.executeWithoutResult(_ -> {
            var era = recovery.state().era().next();
            recovery.merged(host);
            recovery.serve(era);
            restored.begin(host, era, List.of());
        });
        var stream = agent.desiredRefusing(1);
        assertThat(next(stream).full()).as("of the next era").isTrue();
        var later = group(SecurityGroupId.random(RANDOM), recovery.state().era().base() + 1);
        put(later);
        assertThat(next(stream).documents()).as("of which it refused nothing").containsExactly(later);
        assertThat(recovery.state().reconciles()).isFalse();
    }

    /** What was freed behind a fence has no row from which it could be put; its host may come back after a restore and have it yet. */
    @Test
    void whatEndedIsToldInTheNextEraToo() throws InterruptedException {
        var frozen = NetworkInterfaceId.random(RANDOM);
        var ended = NetworkInterfaceId.random(RANDOM);
        var present = group(SecurityGroupId.random(RANDOM), 1);
        put(present, nic(ended, 3, Presence.ABSENT), nic(frozen, 3, Presence.ABSENT));
        transactions.executeWithoutResult(_ -> {
            var era = recovery.state().era().next();
            recovery.merged(host);
            recovery.serve(era);
            restored.begin(host, era, List.of(frozen.value()));
        });
        var base = recovery.state().era().base();
        var stream = agent.desired(1);
        assertThat(next(stream).documents()).containsExactly(nic(ended, base, Presence.ABSENT));
        put(nic(ended, base + 1, Presence.PRESENT));
        assertThat(next(stream).documents())
                .as("a row decides")
                .containsExactly(nic(ended, base + 1, Presence.PRESENT));
    }

    private static InterfaceSpec nic(NetworkInterfaceId id, long generation, Presence presence) {
        return new InterfaceSpec(
                id,
                ACCOUNT,
                new Generation(generation),
                presence,
                new VpcId("vpc-00000000000000001"),
                new SubnetId("subnet-0123456789abcdef0"),
                new InstanceId("i-0123456789abcdef0"),
                0,
                "02:00:00:00:00:05",
                List.of("172.31.0.5"),
                null,
                List.of(),
                true);
    }

    /** What no controller can have told does not stop this one. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 9007199254740992L, Long.MAX_VALUE})
    void aRevisionThatCannotBeIsRefused(long revision) {
        assertThat(agent.get(connectors.agentsPort(), "/agent/v1/desired?after=" + revision)
                        .statusCode())
                .isEqualTo(400);
        assertThat(recovery.state().reconciles()).isFalse();
    }

    @Test
    void aHostWithoutDocumentsIsToldSo() throws InterruptedException {
        assertThat(next(agent.desired(0))).isEqualTo(new DesiredBatch(0, true, List.of()));
    }

    @Test
    void aNewerStreamEndsTheOlderOne() throws InterruptedException {
        var older = agent.desired(0);
        next(older);
        var newer = agent.desired(0);
        next(newer);
        put(group(SecurityGroupId.random(RANDOM), 1));

        assertThat(next(newer).revision()).isEqualTo(1);
        assertThat(older.poll(200, TimeUnit.MILLISECONDS)).isNull();
        assertThat(observations.connected(host)).isTrue();
    }

    @Test
    void whatARolledBackTransactionPutIsNeverTold() throws InterruptedException {
        var stream = agent.desired(0);
        next(stream);
        transactions.executeWithoutResult(status -> {
            documents.put(host, group(SecurityGroupId.random(RANDOM), 1));
            status.setRollbackOnly();
        });
        var kept = group(SecurityGroupId.random(RANDOM), 1);
        put(kept);

        assertThat(next(stream).documents()).containsExactly(kept);
    }

    @Test
    void anOlderGenerationLosesAndTheSameWithOtherContentIsABug() throws InterruptedException {
        var id = SecurityGroupId.random(RANDOM);
        put(group(id, 5));
        put(group(id, 4, Presence.ABSENT));
        put(group(id, 5));

        assertThatThrownBy(() -> put(group(id, 5, Presence.ABSENT))).isInstanceOf(IllegalStateException.class);
        assertThat(next(agent.desired(0)).documents()).containsExactly(group(id, 5));
        assertThat(documents.hostsWith(group(id, 5).key())).containsExactly(host);
    }

    @Test
    void documentsWantATransaction() {
        assertThatThrownBy(() -> documents.put(host, group(SecurityGroupId.random(RANDOM), 1)))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void ofManyWritersAtOnceTheStreamMissesNone() {
        var stream = agent.desired(0);
        var ids = IntStream.range(0, 60)
                .mapToObj(_ -> SecurityGroupId.random(RANDOM))
                .toList();
        ids.parallelStream().forEach(id -> put(group(id, 1)));

        var told = new ArrayList<DesiredBatch>();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            stream.drainTo(told);
            return told.stream().mapToInt(b -> b.documents().size()).sum() >= ids.size();
        });
        assertThat(told).extracting(DesiredBatch::revision).isSorted();
        assertThat(told.stream()
                        .flatMap(b -> b.documents().stream())
                        .map(d -> d.key().id()))
                .containsExactlyInAnyOrderElementsOf(
                        ids.stream().map(SecurityGroupId::value).toList());
    }

    @Test
    void writersOfSeveralHostsDoNotBlockEachOther() {
        var hosts = new EnrolledHosts(tokens, enrollment, sessions);
        var other = hosts.enrolled();
        IntStream.range(0, 24)
                .parallel()
                .forEach(i -> transactions.executeWithoutResult(_ -> {
                    documents.put(i % 2 == 0 ? host : other, group(SecurityGroupId.random(RANDOM), 1));
                    documents.put(i % 2 == 0 ? other : host, group(SecurityGroupId.random(RANDOM), 1));
                }));

        assertThat(database.sql("SELECT revision FROM host_stream WHERE host = ?")
                        .param(host.value())
                        .query(Long.class)
                        .single())
                .isEqualTo(24);
    }

    @Test
    void whatAnotherProcessWritesIsToldToo() throws InterruptedException {
        put(group(SecurityGroupId.random(RANDOM), 1));
        var stream = agent.desired(1);
        await().until(() -> observations.connected(host));
        database.sql("SELECT pg_notify('croft_desired', 'words of a newer controller')::text")
                .query(String.class)
                .list();
        transactions.executeWithoutResult(_ -> {
            database.sql("UPDATE host_stream SET revision = revision + 1 WHERE host = ?")
                    .param(host.value())
                    .update();
            database.sql("UPDATE host_document SET revision = 2 WHERE host = ?")
                    .param(host.value())
                    .update();
        });

        var batch = next(stream);
        while (batch.documents().isEmpty()) {
            batch = next(stream);
        }
        assertThat(batch.revision()).isEqualTo(2);
    }

    @Test
    void anObservationIsHandedOnOnceAndATombstoneThatIsProvedGoneIsForgotten() {
        var id = SecurityGroupId.random(RANDOM);
        var document = group(id, 1);
        put(document);

        assertThat(agent.report(report(false, 1, observed(document, State.PENDING)))
                        .settled())
                .isEmpty();
        agent.report(report(false, 1, observed(document, State.READY)));
        agent.report(report(true, 1, observed(document, State.READY)));
        assertThat(observer.seenOf(document.key()))
                .extracting(ObservedDocument::state)
                .containsExactly(State.PENDING, State.READY);
        assertThat(observations.latest(host, document.key())).contains(observed(document, State.READY));

        var tombstone = group(id, 2, Presence.ABSENT);
        put(tombstone);
        assertThat(agent.report(report(false, 2, observed(document, State.GONE)))
                        .settled())
                .isEmpty();
        assertThat(agent.report(report(false, 2, observed(tombstone, State.GONE)))
                        .settled())
                .containsExactly(document.key());
        assertThat(observations.latest(host, document.key())).isEmpty();
        assertThat(rows("host_document")).isZero();
        assertThat(rows("host_observation")).isZero();

        assertThat(agent.report(report(false, 2, observed(tombstone, State.GONE)))
                        .settled())
                .containsExactly(document.key());
    }

    private long rows(String table) {
        return database.sql("SELECT count(*) FROM " + table + " WHERE host = ?")
                .param(host.value())
                .query(Long.class)
                .single();
    }

    @Test
    void anObserverThatFailsHoldsUpNoOtherAndIsAskedAgain() {
        var bad = group(SecurityGroupId.random(RANDOM), 1);
        var good = group(SecurityGroupId.random(RANDOM), 1);
        put(bad, good);
        observer.failing.add(bad.key());

        agent.report(report(true, 1, observed(bad, State.READY), observed(good, State.READY)));
        assertThat(observer.seenOf(good.key())).hasSize(1);
        assertThat(observations.latest(host, bad.key())).isEmpty();

        observer.failing.clear();
        agent.report(report(true, 1, observed(bad, State.READY), observed(good, State.READY)));
        assertThat(observer.seenOf(good.key())).hasSize(1);
        assertThat(observer.seenOf(bad.key())).hasSize(1);
    }

    @Test
    void onlyTheNewestReportOfTheNewestStartCounts() {
        var document = group(SecurityGroupId.random(RANDOM), 1);
        put(document);
        var current = new ObservedReport(
                2, "boot", 3, true, 1, facts(true), List.of(observed(document, State.READY)), List.of(), List.of());
        agent.report(current);
        var late = new ObservedReport(
                2, "boot", 2, true, 1, facts(true), List.of(observed(document, State.FAILED)), List.of(), List.of());
        agent.report(late);
        assertThat(observer.seenOf(document.key()))
                .extracting(ObservedDocument::state)
                .containsExactly(State.READY);

        var stale = new ObservedReport(1, "boot", 9, true, 1, facts(true), List.of(), List.of(), List.of());
        assertThat(agent.post(connectors.agentsPort(), "/agent/v1/observed", stale)
                        .statusCode())
                .isEqualTo(409);
        assertThat(fleet.find(host))
                .hasValueSatisfying(h -> assertThat(h.state()).isEqualTo(HostState.READY));
    }

    @Test
    void aHostThatWasProvedDeadIsBackBeforeItIsToldAnything() throws InterruptedException {
        put(group(SecurityGroupId.random(RANDOM), 1));
        var before = agent.desired(0);
        assertThat(next(before).behind()).isZero();
        agent.report(report(true, 1));
        database.sql("UPDATE host SET state = 'UNREACHABLE' WHERE id = :host")
                .param("host", host.value())
                .update();
        fences.confirmDead(host);
        var named = group(SecurityGroupId.random(RANDOM), 1);
        put(named);
        assertThat(before.poll(200, TimeUnit.MILLISECONDS))
                .as("a stream of before tells nothing more")
                .isNull();
        assertThat(state()).isEqualTo(HostState.DEAD);

        var told = next(agent.desired(1));
        assertThat(told).isEqualTo(new DesiredBatch(2, false, List.of(named)).behind(1));
        assertThat(state()).isEqualTo(HostState.RETURNING);
        agent.report(report(true, 2));
        assertThat(state()).as("it has not passed its fence").isEqualTo(HostState.RETURNING);
        agent.report(new ObservedReport(
                1, "boot", ++sequence, false, 2, null, List.of(), List.of(), List.of(), null, told.behind()));
        assertThat(state()).isEqualTo(HostState.READY);
    }

    private HostState state() {
        return fleet.find(host).orElseThrow().state();
    }

    @Test
    void aHostThatForgotADocumentIsToldEverythingAgain() throws InterruptedException {
        var document = group(SecurityGroupId.random(RANDOM), 1);
        put(document);
        var stream = agent.desired(0);
        next(stream);

        agent.report(report(true, 1));
        assertThat(stream.poll(200, TimeUnit.MILLISECONDS)).isNull();
        agent.report(report(true, 1));
        assertThat(next(stream)).isEqualTo(new DesiredBatch(1, true, List.of(document), 1));
    }

    @Test
    void orphansAreShownAndLeftAlone() {
        var orphan = new Orphan(DocumentKind.INSTANCE, "i-0123456789abcdef0", "");
        agent.report(
                new ObservedReport(1, "boot", ++sequence, true, 0, facts(true), List.of(), List.of(), List.of(orphan)));
        assertThat(observations.orphans(host)).containsExactly(orphan);
    }

    @Test
    void anOperationsResultComesBackToWhoeverWaitsAndOnceToTheObserver()
            throws InterruptedException, ExecutionException {
        var stream = agent.desired(0);
        next(stream);
        var operation = operation(Duration.ofSeconds(30));
        var result = operations.request(host, operation);
        assertThat(next(stream).documents()).containsExactly(operation);

        var ended = new OperationResult(operation.id(), "aGVsbG8=", null, "2026-11-21T10:00:00Z");
        for (var i = 0; i < 2; i++) {
            var receipt = agent.report(
                    new ObservedReport(1, "boot", ++sequence, false, 1, null, List.of(), List.of(ended), List.of()));
            assertThat(receipt.settled()).containsExactly(operation.key());
        }
        assertThat(result.get()).isEqualTo(ended);
        assertThat(observer.finished).containsOnlyOnce(ended);
        assertThat(rows("host_document")).isZero();
    }

    @Test
    void anOperationThatNobodyAnswersEndsAtItsDeadline() {
        var result = operations.request(host, operation(Duration.ofMillis(100)));
        assertThatThrownBy(result::get).hasCauseInstanceOf(TimeoutException.class);
    }

    private static OperationSpec operation(Duration patience) {
        return new OperationSpec(
                OperationId.random(RANDOM),
                new DocumentKey(DocumentKind.INSTANCE, InstanceId.random(RANDOM).value()),
                Generation.FIRST,
                Presence.PRESENT,
                InstanceVerb.CONSOLE_OUTPUT,
                Instant.now().plus(patience).toString());
    }

    @Test
    void theAgentsPortIsForEnrolledAgentsAndNothingElse() {
        try (var stranger = new ProtocolClient(connectors, authority.certificate())) {
            assertThatThrownBy(() -> stranger.get(connectors.agentsPort(), "/agent/v1/desired?after=0"))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(stranger.get(connectors.httpsPort(), "/agent/v1/desired?after=0")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(stranger.get(connectors.httpsPort(), "/actuator/health").statusCode())
                    .isEqualTo(200);
        }
        assertThat(agent.get(connectors.agentsPort(), "/actuator/health").statusCode())
                .isEqualTo(404);
        assertThat(agent.post(connectors.agentsPort(), "/agent/v1/enroll", "").statusCode())
                .isEqualTo(404);
        agent.renew();
        agent.report(report(true, 0));

        database.sql("UPDATE host_certificate SET revoked = true WHERE host = ?")
                .param(host.value())
                .update();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> agent.post(connectors.agentsPort(), "/agent/v1/observed", report(true, 0))
                                .statusCode()
                        == 403);
    }

    @Test
    void aBlobIsServedWholeAndInParts() throws Exception {
        var bytes = "0123456789".getBytes(StandardCharsets.US_ASCII);
        var digest = new Digest(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        blobs.store(TestAccounts.make(database), digest, new ByteArrayInputStream(bytes));
        var path = "/agent/v1/blobs/" + digest.hex();

        assertThat(agent.get(connectors.agentsPort(), path).body()).isEqualTo("0123456789");
        assertThat(agent.get(connectors.httpsPort(), path).statusCode()).isEqualTo(404);
        assertThat(agent.get(connectors.httpsPort(), path.replace("agent", "%61gent"))
                        .statusCode())
                .isEqualTo(404);
        var part = agent.get(connectors.agentsPort(), path, "Range", "bytes=4-");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("456789");
        assertThat(agent.get(connectors.agentsPort(), "/agent/v1/blobs/" + "0".repeat(64))
                        .statusCode())
                .isEqualTo(404);
        assertThat(agent.get(connectors.agentsPort(), "/agent/v1/blobs/passwd").statusCode())
                .isEqualTo(400);

        Files.delete(blobs.find(digest).orElseThrow().file());
        assertThat(agent.get(connectors.agentsPort(), path).statusCode())
                .as("the file is lost")
                .isEqualTo(404);
    }

    @Test
    void nothingOfTheAgentsIsHeardOnThePlainPort() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + plainPort + "/agent/v1/desired?after=0"))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void unknownDocumentsThatAreThereAreNotSettled() {
        var unknown = group(SecurityGroupId.random(RANDOM), 1);
        assertThat(agent.report(report(true, 0, observed(unknown, State.READY))).settled())
                .isEmpty();
    }

    @Test
    void aFailureIsNews() {
        var document = group(SecurityGroupId.random(RANDOM), 1);
        put(document);
        var failure = new Failure(Failure.Code.FIREWALL, "no", true);
        var failed = new ObservedDocument(
                new DocumentKey(document.key().kind(), document.key().id()),
                Generation.FIRST,
                State.FAILED,
                failure,
                "2026-11-21T10:00:00Z");
        agent.report(report(false, 1, failed));
        assertThat(observations.latest(host, document.key())).contains(failed);
    }
}
