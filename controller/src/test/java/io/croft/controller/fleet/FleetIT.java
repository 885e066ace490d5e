package io.croft.controller.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.ModuleTest;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.CroftProperties;
import io.croft.controller.fleet.HostSessions.Verdict;
import io.croft.protocol.AgentWork;
import io.croft.protocol.AgentWork.Ended;
import io.croft.protocol.EnrollRequest;
import io.croft.protocol.HostFacts;
import io.croft.protocol.HostHealth;
import io.croft.protocol.ObservedReport;
import io.croft.protocol.RenewRequest;
import io.croft.testing.SettableClock;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ModuleTest
class FleetIT {
    private static final long GIB = 1L << 30;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Autowired
    EnrollmentTokens tokens;

    @Autowired
    Enrollment enrollment;

    @Autowired
    HostSessions sessions;

    @Autowired
    HostStates states;

    @Autowired
    Fleet fleet;

    @Autowired
    Fences fences;

    @Autowired
    Capacity capacity;

    @Autowired
    CertificateAuthority authority;

    @Autowired
    FleetProperties properties;

    @Autowired
    JdbcClient database;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    MeterRegistry meters;

    @Autowired
    FleetMeters capacityMeters;

    private EnrolledHosts hosts;

    @BeforeEach
    void prepare() {
        hosts = new EnrolledHosts(tokens, enrollment, sessions);
    }

    private String secret() {
        return tokens.issue(Duration.ofMinutes(5)).token().split("\\.", -1)[1];
    }

    private static EnrollRequest request(String secret, HostId host, String csr) {
        return new EnrollRequest(secret, host, host.value(), "us-east-1a", csr);
    }

    @Test
    void aHostComesInWithItsTokenAndOnlyItsNewestEnrolmentCounts() throws GeneralSecurityException {
        var host = HostId.random(RANDOM);
        var csr = CertificateRequests.pem();
        var answer = enrollment.enroll(request(secret(), host, csr));

        var certificate = PemFiles.readCertificate(answer.certificate().getBytes(StandardCharsets.US_ASCII));
        certificate.verify(authority.certificate().getPublicKey());
        assertThat(enrollment.holder(certificate)).contains(host);
        assertThat(fleet.find(host)).hasValueSatisfying(h -> {
            assertThat(h.state()).isEqualTo(HostState.ENROLLED);
            assertThat(h.capacity()).isEqualTo(Resources.NONE);
        });

        var renewed = enrollment.renew(host, new RenewRequest(csr));
        assertThat(enrollment.holder(certificate)).contains(host);
        enrollment.enroll(request(secret(), host, csr));
        assertThat(enrollment.holder(certificate)).isEmpty();
        assertThat(enrollment.holder(
                        PemFiles.readCertificate(renewed.certificate().getBytes(StandardCharsets.US_ASCII))))
                .isEmpty();
    }

    @Test
    void aTokenIsGoodForOneHostAndItsKey() {
        var secret = secret();
        var host = HostId.random(RANDOM);
        var csr = CertificateRequests.pem();
        enrollment.enroll(request(secret, host, csr));

        enrollment.enroll(request(secret, host, csr));
        refuse(ErrorCode.AUTH_FAILURE, request(secret, HostId.random(RANDOM), csr));
        refuse(ErrorCode.AUTH_FAILURE, request(secret, host, CertificateRequests.pem()));
        refuse(ErrorCode.AUTH_FAILURE, request("unknown", host, csr));
    }

    @Test
    void aTokenPastItsTimeABadRequestAndATakenNameAreRefused() {
        var csr = CertificateRequests.pem();
        var late = secret();
        database.sql("UPDATE enrollment_token SET expires = now() - interval '1 second' WHERE used_by IS NULL")
                .update();
        refuse(ErrorCode.AUTH_FAILURE, request(late, HostId.random(RANDOM), csr));
        refuse(ErrorCode.INVALID_PARAMETER_VALUE, request(secret(), HostId.random(RANDOM), "nonsense"));
        refuse(
                ErrorCode.INVALID_PARAMETER_VALUE,
                new EnrollRequest(secret(), HostId.random(RANDOM), "h1", "nowhere", csr));
        enrollment.enroll(new EnrollRequest(secret(), HostId.random(RANDOM), "taken", "us-east-1a", csr));
        refuse(ErrorCode.CONFLICT, new EnrollRequest(secret(), HostId.random(RANDOM), "taken", "us-east-1a", csr));
    }

    /** As an agent tells it in its full reports; an older one tells nothing of it. */
    @Test
    void whatAnAgentDoesCanBeWatched() {
        var host = hosts.enrolled();
        hosts.report(host, 1, facts(host, null));
        assertThat(meters.find("croft.agent.actions").tag("host", host.value()).meters())
                .isEmpty();
        hosts.report(
                host,
                2,
                facts(host, new AgentWork(List.of(ended("done", 3), ended("failed", 1)), 2, 80, 4096, 1, GIB)));
        hosts.report(
                host, 3, facts(host, new AgentWork(List.of(ended("done", 5), ended("failed", 1)), 0, 0, 8192, 1, GIB)));

        var done = meters.get("croft.agent.actions")
                .tags("host", host.value(), "action", "StartMachine", "outcome", "done")
                .functionTimer();
        assertThat(done.count()).isEqualTo(5);
        assertThat(done.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(5 * 400.0);
        assertThat(gauge("croft.agent.running", host)).isZero();
        assertThat(gauge("croft.agent.ledger.bytes", host)).isEqualTo(8192);
        assertThat(gauge("croft.agent.images.bytes", host)).isEqualTo(GIB);

        capacityMeters.look();
        assertThat(meters.get("croft.fleet.capacity")
                        .tags("host", host.value(), "resource", "vcpus")
                        .gauge()
                        .value())
                .isPositive();
        assertThat(gauge("croft.fleet.claims", host)).isZero();
    }

    private static Ended ended(String outcome, long count) {
        return new Ended("StartMachine", outcome, count, count * 400);
    }

    private static HostFacts facts(HostId host, @Nullable AgentWork work) {
        var facts = EnrolledHosts.facts(host, 4, 8);
        return new HostFacts(
                facts.name(),
                facts.zone(),
                facts.architecture(),
                facts.accelerator(),
                facts.cpus(),
                facts.memoryBytes(),
                facts.storage(),
                facts.agentVersion(),
                facts.problems(),
                new HostHealth("2026-11-21T00:00:00Z", "2026-11-21T00:00:00Z", true, 0, 0, 0, null, null, null, work));
    }

    private double gauge(String name, HostId host) {
        return meters.get(name).tag("host", host.value()).gauge().value();
    }

    private void refuse(ErrorCode code, EnrollRequest request) {
        assertThatThrownBy(() -> enrollment.enroll(request))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void theControllersCertificateIsKeptUntilItNoLongerFits() {
        var first = authority.server();
        assertThat(authority.server().chain()).isEqualTo(first.chain());
        assertThat(first.chain().getLast()).isEqualTo(authority.certificate());
    }

    @Test
    void onlyTheNewestReportCounts() {
        var host = hosts.enrolled();
        var facts = EnrolledHosts.facts(host, 4, 8);
        assertThat(take(host, 2, 5)).isEqualTo(Verdict.TAKEN);
        assertThat(take(host, 2, 5)).isEqualTo(Verdict.REPEATED);
        assertThat(take(host, 2, 4)).isEqualTo(Verdict.REPEATED);
        assertThat(take(host, 1, 9)).isEqualTo(Verdict.STALE);
        assertThat(take(host, 3, 1)).isEqualTo(Verdict.TAKEN);
        assertThat(fleet.find(host))
                .hasValueSatisfying(h -> assertThat(h.state()).isEqualTo(HostState.ENROLLED));

        hosts.report(host, 1, facts);
        sessions.take(host, new ObservedReport(4, "boot", 1, true, 0, facts, List.of(), List.of(), List.of()));
        assertThat(fleet.find(host)).hasValueSatisfying(h -> {
            assertThat(h.state()).isEqualTo(HostState.READY);
            assertThat(h.facts()).isEqualTo(facts);
            assertThat(h.capacity()).isEqualTo(new Resources(16, 8 * GIB, 200 * GIB));
        });
    }

    private Verdict take(HostId host, long epoch, long sequence) {
        return sessions.take(
                host, new ObservedReport(epoch, "boot", sequence, false, 0, null, List.of(), List.of(), List.of()));
    }

    @Test
    void oneThatFallsSilentIsSuspectedThenAwayAndComesBackByReporting() {
        var clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
        var watch = new SilenceWatch(
                database, new Heartbeats(clock), states, properties, transactions, new SimpleMeterRegistry());
        var host = hosts.ready(2, 4);

        clock.advance(properties.suspectAfter().minusMillis(1));
        watch.look();
        assertThat(state(host)).isEqualTo(HostState.READY);
        clock.advance(Duration.ofMillis(1));
        watch.look();
        assertThat(state(host)).isEqualTo(HostState.SUSPECT);
        hosts.report(host, 2, EnrolledHosts.facts(host, 2, 4));
        assertThat(state(host)).isEqualTo(HostState.READY);
        clock.advance(properties.unreachableAfter());
        watch.look();
        assertThat(state(host)).isEqualTo(HostState.UNREACHABLE);
        hosts.report(host, 3, EnrolledHosts.facts(host, 2, 4));
        assertThat(state(host)).isEqualTo(HostState.READY);

        watch.look();
        fences.confirmDead(host);
        fences.confirmDead(host);
        assertThat(fleet.find(host)).hasValueSatisfying(h -> {
            assertThat(h.state()).isEqualTo(HostState.DEAD);
            assertThat(h.fence()).as("one death is confirmed once").isEqualTo(1);
            assertThat(h.away()).isTrue();
        });
        assertThat(held(host)).isTrue();
        assertThat(fences.dead()).contains(host);
        hosts.report(host, 4, EnrolledHosts.facts(host, 2, 4));
        assertThat(state(host)).isEqualTo(HostState.RETURNING);
        assertThat(held(host)).isFalse();
        assertThat(claim(host, new Claim(InstanceId.random(RANDOM), new Resources(1, GIB, GIB))))
                .isFalse();
        watch.look();
        assertThat(state(host)).isEqualTo(HostState.UNREACHABLE);
        hosts.report(host, 5, EnrolledHosts.facts(host, 2, 4));
        assertThat(state(host)).as("it has not passed its fence").isEqualTo(HostState.RETURNING);
        hosts.report(host, 6, EnrolledHosts.facts(host, 2, 4), 1);
        assertThat(state(host)).isEqualTo(HostState.READY);

        watch.look();
        fences.confirmDead(host);
        fences.returned(host);
        fences.returned(host);
        assertThat(state(host)).isEqualTo(HostState.RETURNING);
        hosts.report(host, 7, EnrolledHosts.facts(host, 2, 4), 1);
        assertThat(state(host)).isEqualTo(HostState.RETURNING);
        hosts.report(host, 8, EnrolledHosts.facts(host, 2, 4), 2);
        assertThat(state(host)).isEqualTo(HostState.READY);
        assertThat(HostTransitions.TABLE.unvisited()).isEmpty();
    }

    private boolean held(HostId host) {
        return Boolean.TRUE.equals(transactions.execute(_ -> fences.hold(host).isPresent()));
    }

    @Test
    void onlyAHostThatIsAwayCanBeConfirmedDead() {
        var enrolled = hosts.enrolled();
        var ready = hosts.ready(2, 4);
        for (var host : List.of(enrolled, ready, HostId.random(RANDOM))) {
            assertThatThrownBy(() -> fences.confirmDead(host)).isInstanceOf(CloudException.class);
        }
        assertThat(fleet.find(ready)).hasValueSatisfying(h -> {
            assertThat(h.state()).isEqualTo(HostState.READY);
            assertThat(h.fence()).isZero();
        });
    }

    /** The next fence must be a new one to the host. */
    @Test
    void aHostThatPassedAFenceOfALostDatabaseRaisesItsOwn() {
        var host = hosts.ready(2, 4);
        hosts.report(host, 2, EnrolledHosts.facts(host, 2, 4), 7);
        assertThat(fleet.find(host)).hasValueSatisfying(h -> {
            assertThat(h.state()).isEqualTo(HostState.READY);
            assertThat(h.fence()).isEqualTo(7);
        });
    }

    private HostState state(HostId host) {
        return fleet.find(host).orElseThrow().state();
    }

    @Test
    void aHostIsNeverPromisedTwice() {
        var host = hosts.ready(2, 4);
        var one = new Resources(1, GIB, GIB);

        var won = IntStream.range(0, 16)
                .parallel()
                .filter(_ -> claim(host, new Claim(InstanceId.random(RANDOM), one)))
                .count();

        assertThat(won).isEqualTo(4);
        assertThat(fleet.find(host))
                .hasValueSatisfying(h -> assertThat(h.claimed()).isEqualTo(new Resources(4, 4 * GIB, 4 * GIB)));
    }

    @Test
    void claimsAreTakenTogetherAndGivenBackOnce() {
        var host = hosts.ready(1, 4);
        var first = InstanceId.random(RANDOM);
        var second = InstanceId.random(RANDOM);
        var half = new Resources(2, 2 * GIB, 0);

        assertThat(claim(host, new Claim(first, half), new Claim(second, half))).isTrue();
        assertThat(claim(host, new Claim(InstanceId.random(RANDOM), new Resources(1, 0, 0))))
                .isFalse();
        assertThatThrownBy(() -> claim(host, new Claim(first, Resources.NONE)))
                .isInstanceOf(DuplicateKeyException.class);
        for (var i = 0; i < 2; i++) {
            transactions.executeWithoutResult(_ -> capacity.release(host, first));
            assertThat(fleet.find(host))
                    .hasValueSatisfying(h -> assertThat(h.claimed()).isEqualTo(half));
        }
        assertThat(claim(host, new Claim(InstanceId.random(RANDOM), half), new Claim(first, half)))
                .isFalse();
        assertThat(claim(host, new Claim(first, half))).isTrue();
    }

    @Test
    void aCordonedHostTakesNoClaimUntilItIsLetInAgain() {
        var host = hosts.ready(4, 8);
        var claim = new Claim(InstanceId.random(RANDOM), new Resources(1, GIB, 0));
        fleet.cordon(host, "new disk");
        assertThat(fleet.cordon(host, "new board").cordon()).isEqualTo("new board");
        assertThat(claim(host, claim)).isFalse();
        assertThat(fleet.uncordon(host).cordon()).isNull();
        assertThat(fleet.uncordon(host).cordon()).isNull();
        assertThat(claim(host, claim)).isTrue();
        fleet.cordon(host, "new disk");
        transactions.executeWithoutResult(_ -> capacity.release(host, claim.holder()));
        assertThat(fleet.find(host))
                .hasValueSatisfying(h -> assertThat(h.claimed()).isEqualTo(Resources.NONE));
        assertThatThrownBy(() -> fleet.cordon(host, "two\nlines"))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
        assertThatThrownBy(() -> fleet.uncordon(HostId.random(RANDOM)))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void aHostsClockAndCertificateAreKnown() {
        var host = hosts.ready(4, 8);
        assertThat(fleet.find(host))
                .hasValueSatisfying(h -> assertThat(h.clockSkew()).isNull());
        var facts = EnrolledHosts.facts(host, 4, 8);
        hosts.report(
                host,
                2,
                new HostFacts(
                        facts.name(),
                        facts.zone(),
                        facts.architecture(),
                        facts.accelerator(),
                        facts.cpus(),
                        facts.memoryBytes(),
                        facts.storage(),
                        facts.agentVersion(),
                        facts.problems(),
                        new HostHealth(
                                Instant.now().plusSeconds(60).toString(),
                                "2026-11-21T00:00:00Z",
                                true,
                                0,
                                0,
                                0,
                                null,
                                null,
                                true,
                                null)));
        assertThat(fleet.find(host))
                .hasValueSatisfying(
                        h -> assertThat(h.clockSkew()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(61)));
        assertThat(fleet.certificateEnds(host))
                .hasValueSatisfying(
                        ends -> assertThat(ends).isAfter(Instant.now().plus(Duration.ofDays(80))));
        assertThat(fleet.certificateEnds(HostId.random(RANDOM))).isEmpty();
    }

    @Test
    void aHostThatDoesNotReportTakesNoClaim() {
        assertThat(claim(hosts.enrolled(), new Claim(InstanceId.random(RANDOM), Resources.NONE)))
                .isFalse();
    }

    private boolean claim(HostId host, Claim... claims) {
        return Boolean.TRUE.equals(transactions.execute(_ -> capacity.claim(host, List.of(claims))));
    }

    @Test
    void zonesAreNumberedAsAwsDoes() {
        assertThat(new AvailabilityZones(new CroftProperties(
                                "eu-central-1",
                                List.of("eu-central-1a", "eu-central-1b"),
                                Path.of("x"),
                                "198.18.0.0/24",
                                "compute.croft.internal",
                                1,
                                1,
                                new CroftProperties.Launch(Duration.ofMinutes(1)),
                                new CroftProperties.Https("x", 1),
                                new CroftProperties.Agents("x", 1)))
                        .require("eu-central-1b"))
                .isEqualTo(new AvailabilityZone("eu-central-1b", "euc1-az2", "eu-central-1"));
    }
}
