package io.croft.controller.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.croft.controller.context.Finding;
import io.croft.controller.context.Finding.Level;
import io.croft.controller.fleet.HostState;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.HostFacts;
import io.croft.protocol.HostFacts.StoragePool;
import io.croft.protocol.HostHealth;
import io.croft.protocol.HostHealth.WaitingCall;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.Orphan;
import io.croft.protocol.PauseReason;
import io.croft.types.Generation;
import io.croft.types.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckupTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final HostHealth WELL =
            new HostHealth(NOW.toString(), "2026-11-21T08:00:00Z", true, 0, 3, 0, null, null, true, null);
    private static final long GIB = 1L << 30;

    private HostState state = HostState.READY;
    private @Nullable HostHealth health = WELL;
    private Duration skew = Duration.ofMillis(40);
    private String version = "0.1.0";
    private String accelerator = "kvm";
    private long freeGibibytes = 60;
    private StoragePool pool = new StoragePool("lvm", GIB, GIB, GIB, 1.0, 1.0);
    private List<String> problems = List.of();
    private @Nullable List<String> warnings;
    private @Nullable String cordon;
    private boolean connected = true;
    private @Nullable Instant certificateEnds = NOW.plus(Duration.ofDays(60));
    private List<Orphan> orphans = List.of();
    private List<ObservedDocument> failing = List.of();

    @Test
    void nothingIsWrongWithAHostThatIsWell() {
        assertThat(findings()).extracting(Finding::level).containsOnly(Level.OK);
        assertThat(findings()).allMatch(f -> f.remedy() == null);
        assertThat(findings())
                .extracting(Finding::check)
                .contains("reports", "stream", "certificate", "clock", "hypervisor", "firewall", "storage file");
    }

    @Test
    void aHostThatIsAwayFails() {
        state = HostState.UNREACHABLE;
        connected = false;
        assertThat(bad()).extracting(Finding::check).containsExactly("reports", "stream");
        assertThat(bad()).extracting(Finding::level).containsOnly(Level.FAIL);
    }

    @Test
    void aHostThatWasConfirmedDeadFailsAndOneThatReturnsIsWatched() {
        state = HostState.DEAD;
        assertThat(only().level()).isEqualTo(Level.FAIL);
        state = HostState.RETURNING;
        assertThat(only().level()).isEqualTo(Level.WARN);
    }

    @Test
    void oneOverdueReportIsAWarning() {
        state = HostState.SUSPECT;
        assertThat(only().level()).isEqualTo(Level.WARN);
    }

    @Test
    void aClockIsJudgedBothWays() {
        skew = Duration.ofSeconds(-10);
        assertThat(only()).extracting(Finding::level, Finding::detail).containsExactly(Level.WARN, "10000 ms behind");
        skew = Duration.ofMinutes(3);
        assertThat(only()).extracting(Finding::level, Finding::detail).containsExactly(Level.FAIL, "180000 ms ahead");
    }

    @Test
    void aDiskThatRunsFullIsToldBeforeItIs() {
        freeGibibytes = 14;
        assertThat(only().level()).isEqualTo(Level.WARN);
        freeGibibytes = 4;
        assertThat(only()).extracting(Finding::level, Finding::detail).containsExactly(Level.FAIL, "4 of 100 GiB free");
    }

    @Test
    void aCertificateThatWasNotRenewedIsToldBeforeItEnds() {
        certificateEnds = NOW.plus(Duration.ofDays(3));
        assertThat(only().level()).isEqualTo(Level.WARN);
        certificateEnds = NOW;
        assertThat(only().level()).isEqualTo(Level.FAIL);
        certificateEnds = null;
        assertThat(only().detail()).isEqualTo("none");
    }

    @Test
    void whatTheAgentSuffersFromIsTold() {
        health = new HostHealth(NOW.toString(), NOW.toString(), false, 2, 9, 1, null, null, false, null);
        assertThat(bad())
                .extracting(Finding::check, Finding::level)
                .containsExactly(
                        tuple("time service", Level.WARN),
                        tuple("hypervisor", Level.FAIL),
                        tuple("firewall", Level.WARN),
                        tuple("calls", Level.FAIL));
    }

    /** What an agent of before does not tell is no finding. */
    @Test
    void aClockThatNobodyKeepsIsTold() {
        health = new HostHealth(NOW.toString(), NOW.toString(), true, 0, 0, 0, null, null, false, null);
        assertThat(only()).extracting(Finding::check, Finding::level).containsExactly("time service", Level.WARN);
        health = new HostHealth(NOW.toString(), NOW.toString(), true, 0, 0, 0, null, null, null, null);
        assertThat(bad()).isEmpty();
    }

    @Test
    void aCallIsToldWhileItWaits() {
        var start = new WaitingCall("StartMachine", "instance/i-1", 43);
        health = new HostHealth(NOW.toString(), NOW.toString(), true, 0, 0, 0, List.of(start), null, null, null);
        assertThat(only())
                .returns(Level.WARN, Finding::level)
                .returns("calls", Finding::check)
                .satisfies(f -> assertThat(f.detail()).contains("StartMachine of instance/i-1 for 43 s"));
        health = new HostHealth(NOW.toString(), NOW.toString(), true, 0, 0, 1, List.of(start), null, null, null);
        assertThat(only())
                .extracting(Finding::level, Finding::detail)
                .containsExactly(Level.FAIL, "1 do not come back: StartMachine of instance/i-1 for 43 s");
    }

    @Test
    void aLibvirtThatForgetsIsNamedWithItsCause() {
        health = new HostHealth(NOW.toString(), NOW.toString(), true, 0, 0, 0, List.of(), 5013L, null, null);
        assertThat(only())
                .returns(Level.WARN, Finding::level)
                .returns("look-ups", Finding::check)
                .satisfies(f -> assertThat(f.remedy()).contains("/dev/kvm", "init"));
        health = new HostHealth(NOW.toString(), NOW.toString(), true, 0, 0, 0, List.of(), 110L, null, null);
        assertThat(bad()).isEmpty();
    }

    @Test
    void anAgentThatTellsNothingIsAWarning() {
        health = null;
        assertThat(only().check()).isEqualTo("health");
    }

    @Test
    void everyProblemFailureAndOrphanIsNamed() {
        problems = List.of("no br_netfilter");
        warnings = List.of("arm64 is to be emulated: no QEMU for it");
        failing = List.of(
                document("vol-1", new Failure(Failure.Code.DISK_FULL, "the disk is full", true)),
                document("vol-2", new Failure(Failure.Code.IMAGE_UNUSABLE, "no qcow2", false)));
        orphans = List.of(
                new Orphan(DocumentKind.INSTANCE, "dom-7", "i-7"), new Orphan(DocumentKind.INTERFACE, "cftt1", ""));
        cordon = "new disk";
        version = "0.0.9";
        accelerator = "tcg";
        assertThat(bad())
                .extracting(Finding::detail)
                .containsExactly(
                        "takes no new instances: new disk",
                        "0.0.9, the controller is 0.1.0",
                        "tcg: instances are emulated, which is slow",
                        "no br_netfilter",
                        "arm64 is to be emulated: no QEMU for it",
                        "volume vol-1: the disk is full (DISK_FULL, tried again)",
                        "volume vol-2: no qcow2 (IMAGE_UNUSABLE)",
                        "instance dom-7 (i-7), interface cftt1");
        assertThat(bad()).allMatch(f -> f.remedy() != null);
    }

    @ParameterizedTest
    @EnumSource
    void aPausedMachineIsNamedWithWhatGetsItOn(PauseReason reason) {
        failing = List.of(new ObservedDocument(
                new DocumentKey(DocumentKind.INSTANCE, "i-1"),
                new Generation(1),
                State.PENDING,
                new Failure(Failure.Code.HYPERVISOR, "The machine is paused: " + reason.words() + ".", true),
                NOW.toString(),
                reason));
        assertThat(only().check()).isEqualTo("paused");
        assertThat(only().detail()).startsWith("i-1: ").contains(reason.words());
        assertThat(only().remedy()).isNotBlank();
    }

    private static ObservedDocument document(String id, Failure failure) {
        return new ObservedDocument(
                new DocumentKey(DocumentKind.VOLUME, id), new Generation(1), State.FAILED, failure, NOW.toString());
    }

    @Test
    void aPoolFillsByTheFullerOfDataAndMetadata() {
        pool = new StoragePool("lvm", GIB, GIB, GIB, 79.9, 79.9);
        assertThat(bad()).isEmpty();
        pool = new StoragePool("lvm", GIB, GIB, GIB, 10.0, 80.0);
        assertThat(only().level()).isEqualTo(Level.WARN);
        pool = new StoragePool("lvm", GIB, 0, GIB, 85.0, 10.0);
        assertThat(only().level()).isEqualTo(Level.FAIL);
        assertThat(only().check()).isEqualTo("storage lvm");
    }

    private Finding only() {
        assertThat(bad()).hasSize(1);
        return bad().getFirst();
    }

    private List<Finding> bad() {
        return findings().stream().filter(f -> f.level() != Level.OK).toList();
    }

    private List<Finding> findings() {
        var facts = new HostFacts(
                "h1",
                "us-east-1a",
                "x86_64",
                accelerator,
                4,
                8 * GIB,
                List.of(new StoragePool("file", 100 * GIB, freeGibibytes * GIB), pool),
                version,
                problems,
                health,
                List.of(),
                warnings);
        var host = new HostView(
                new HostId("host-0123456789abcdef0"),
                "h1",
                "us-east-1a",
                state,
                facts,
                Resources.NONE,
                Resources.NONE,
                NOW,
                NOW.minusSeconds(3),
                skew,
                cordon,
                0,
                0);
        return Checkup.of(new HostSigns(host, connected, certificateEnds, orphans, failing, "0.1.0", NOW));
    }
}
