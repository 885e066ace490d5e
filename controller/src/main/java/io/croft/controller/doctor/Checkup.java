package io.croft.controller.doctor;

import static io.croft.controller.context.Finding.fail;
import static io.croft.controller.context.Finding.ok;
import static io.croft.controller.context.Finding.warn;

import io.croft.controller.context.Finding;
import io.croft.protocol.HostFacts;
import io.croft.protocol.HostFacts.StoragePool;
import io.croft.protocol.HostHealth;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.Orphan;
import io.croft.protocol.PauseReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges a host by its signs; pure. */
final class Checkup {
    /** The report's way here is in the measure, so that less says nothing. */
    private static final Duration SKEW_SEEN = Duration.ofSeconds(2);
    /** From here on signatures and certificates are refused soon. */
    private static final Duration SKEW_HARMFUL = Duration.ofMinutes(2);
    /** An agent renews its certificate when a third of its life is left, so one so near its end was not renewed. */
    private static final Duration CERTIFICATE_LATE = Duration.ofDays(14);

    private static final String OFFER =
            "Install what it names on the host, or take the setting out of /etc/croft/agent.yaml and restart the agent";

    private static final String KVM =
            "sudo /usr/lib/croft/bin/croft-kvm settle says what is wrong with /dev/kvm, and puts right what can be";

    /** libvirt remembers, and then takes a tenth of a second. */
    private static final Duration SLOW_LOOK_UP = Duration.ofSeconds(2);

    private static final String TIME_SERVICE =
            "Let a time service run on the host, such as chrony or systemd-timesyncd";

    private static final String AGENT_LOG = "Read the agent's log on the host: journalctl -u croft-agent";

    private final HostSigns signs;
    private final List<Finding> findings = new ArrayList<>();

    private Checkup(HostSigns signs) {
        this.signs = signs;
    }

    static List<Finding> of(HostSigns signs) {
        var checkup = new Checkup(signs);
        checkup.reports();
        checkup.certificate();
        checkup.cordon();
        var facts = signs.host().facts();
        if (facts != null) {
            checkup.facts(facts);
        }
        checkup.documents();
        checkup.orphans();
        return List.copyOf(checkup.findings);
    }

    private void reports() {
        var heard = signs.host().lastHeard();
        var last = heard == null ? "never reported" : "last report " + ago(heard);
        findings.add(
                switch (signs.host().state()) {
                    case READY -> ok("reports", last);
                    case ENROLLED ->
                        fail("reports", last, "Start the agent on the host: systemctl enable --now croft-agent");
                    case SUSPECT -> warn("reports", last + ", one is overdue", AGENT_LOG);
                    case UNREACHABLE ->
                        fail(
                                "reports",
                                last + ", it counts as away",
                                "See whether the host is up and reaches the controller. " + AGENT_LOG);
                    case DEAD ->
                        fail(
                                "reports",
                                last + ", it was confirmed dead",
                                "Get it back, and it first ends what has been given away; or leave it");
                    case RETURNING ->
                        warn(
                                "reports",
                                last
                                        + ", it is back and ends first what has been given away since it was confirmed dead: it has passed fence "
                                        + signs.host().passed() + ", not "
                                        + signs.host().fence(),
                                "If it stays so: an agent older than the controller knows of no fence, install the controller's version; else see below what fails. "
                                        + AGENT_LOG);
                });
        findings.add(
                signs.connected()
                        ? ok("stream", "open")
                        : fail("stream", "closed: the host does not learn what is wanted of it", AGENT_LOG));
    }

    private void certificate() {
        var ends = signs.certificateEnds();
        var left = ends == null ? Duration.ZERO : Duration.between(signs.now(), ends);
        if (!left.isPositive()) {
            findings.add(fail(
                    "certificate",
                    ends == null ? "none" : "ended " + ends,
                    "Enrol the host again: croft host enroll-token, then restart its agent with the token"));
        } else if (left.compareTo(CERTIFICATE_LATE) < 0) {
            findings.add(warn("certificate", "ends " + ends + " and was not renewed in time", AGENT_LOG));
        } else {
            findings.add(ok("certificate", "good until " + ends));
        }
    }

    private void cordon() {
        var reason = signs.host().cordon();
        findings.add(
                reason == null
                        ? ok("cordon", "none")
                        : warn(
                                "cordon",
                                "takes no new instances: " + reason,
                                "When it may again: croft host uncordon "
                                        + signs.host().id()));
    }

    private void facts(HostFacts facts) {
        findings.add(
                facts.agentVersion().equals(signs.version())
                        ? ok("agent version", facts.agentVersion())
                        : warn(
                                "agent version",
                                facts.agentVersion() + ", the controller is " + signs.version(),
                                "Install the controller's version on the host and restart its agent"));
        findings.add(
                facts.accelerator().equals("kvm")
                        ? ok("accelerator", "kvm")
                        : warn(
                                "accelerator",
                                facts.accelerator() + ": instances are emulated, which is slow",
                                "Switch virtualization on in the host's firmware and see that /dev/kvm is there; on the host, "
                                        + KVM));
        var health = facts.health();
        if (health == null) {
            findings.add(warn("health", "its agent does not tell", "Install the controller's version on the host"));
        } else {
            health(health);
        }
        var underlay = facts.underlay();
        if (underlay != null) {
            findings.add(ok("underlay", underlay.address() + " on " + underlay.link() + ", MTU " + underlay.mtu()));
        }
        facts.storage().forEach(this::disk);
        facts.problems().forEach(problem -> findings.add(fail("problem", problem, AGENT_LOG)));
        Stream.ofNullable(facts.warnings())
                .flatMap(List::stream)
                .forEach(warning -> findings.add(warn("offer", warning, OFFER)));
    }

    private void health(HostHealth health) {
        clock();
        timeService(health.clockSynchronised());
        findings.add(
                health.hypervisorAnswers()
                        ? ok("hypervisor", "answers")
                        : fail(
                                "hypervisor",
                                "does not answer",
                                "On the host: systemctl restart libvirtd (or virtqemud)"));
        findings.add(
                health.firewallDrift() == 0
                        ? ok("firewall", "untouched by others since " + health.started())
                        : warn(
                                "firewall",
                                "changed by somebody else " + times(health.firewallDrift()) + " since "
                                        + health.started() + ", and put right",
                                "The agent's log says what was changed; keep ufw, firewalld or scripts off Croft's chains"));
        lookUps(health.lookUpMillis());
        calls(health);
    }

    /** Several belong to each start of a machine. An agent that does not say, and one that has not measured yet, gives no reason to find anything. */
    private void lookUps(@Nullable Long took) {
        if (took != null) {
            var detail = "libvirt looks QEMU up in " + took + " ms";
            findings.add(
                    took < SLOW_LOOK_UP.toMillis()
                            ? ok("look-ups", detail)
                            : warn(
                                    "look-ups",
                                    detail + ", since it starts QEMU anew each time: each launch waits for several",
                                    "On the host, " + KVM
                                            + "; where it is silent, see that the host's init reaps processes that have ended"));
        }
    }

    private void calls(HostHealth health) {
        var waiting = Stream.ofNullable(health.waiting())
                .flatMap(List::stream)
                .map(c -> c.action() + " of " + c.subject() + " for " + c.seconds() + " s")
                .collect(Collectors.joining(", "));
        var failed = health.failures() + " failed since " + health.started();
        if (health.stuckCalls() > 0) {
            var detail = health.stuckCalls() + " do not come back";
            findings.add(fail("calls", waiting.isEmpty() ? detail : detail + ": " + waiting, AGENT_LOG));
        } else if (!waiting.isEmpty()) {
            findings.add(
                    warn(
                            "calls",
                            "waiting: " + waiting + "; " + failed,
                            "It ends, or is given up at its deadline; where it comes again, read libvirt's log on the host: journalctl -u libvirtd"));
        } else {
            findings.add(ok("calls", "none waits or is stuck; " + failed));
        }
    }

    private void clock() {
        var skew = signs.host().clockSkew();
        if (skew == null) {
            return;
        }
        var detail = millis(skew.abs()) + (skew.isNegative() ? " behind" : " ahead");
        if (skew.abs().compareTo(SKEW_HARMFUL) >= 0) {
            findings.add(fail("clock", detail, TIME_SERVICE));
        } else if (skew.abs().compareTo(SKEW_SEEN) >= 0) {
            findings.add(warn("clock", detail, TIME_SERVICE));
        } else {
            findings.add(ok("clock", detail));
        }
    }

    private void timeService(@Nullable Boolean keepsClock) {
        if (keepsClock != null) {
            findings.add(
                    keepsClock
                            ? ok("time service", "keeps the host's clock")
                            : warn(
                                    "time service",
                                    "none keeps the host's clock: its instances are told not to follow it",
                                    TIME_SERVICE));
        }
    }

    private void disk(StoragePool pool) {
        var data = pool.dataPercent();
        var metadata = pool.metadataPercent();
        if (data != null && metadata != null) {
            findings.add(DiskSpace.judgePool("storage " + pool.backend(), data, metadata));
            return;
        }
        findings.add(DiskSpace.judge(
                "storage " + pool.backend(),
                pool.freeBytes(),
                pool.totalBytes(),
                "Terminate instances there, or give the host's disk directory more room"));
    }

    private void documents() {
        if (signs.failing().isEmpty()) {
            findings.add(ok("documents", "none fails"));
        }
        for (ObservedDocument document : signs.failing()) {
            var failure = document.failure();
            if (failure != null && document.paused() != null) {
                findings.add(warn(
                        "paused",
                        document.key().id() + ": " + failure.message(),
                        remedy(document.key().id(), document.paused())));
            } else if (failure != null) {
                var detail =
                        document.key().kind().wireName() + " " + document.key().id() + ": " + failure.message() + " ("
                                + failure.code() + (failure.retryable() ? ", tried again)" : ")");
                findings.add(
                        failure.retryable()
                                ? warn("documents", detail, AGENT_LOG)
                                : fail("documents", detail, AGENT_LOG));
            }
        }
    }

    /** What gets a paused machine on, by what holds it. */
    private static String remedy(String instance, PauseReason reason) {
        var reboot = "reboot the instance, or stop and start it";
        return switch (reason) {
            case STARTING ->
                "Its agent gives the start up and starts it anew by itself. If it stays, the agent's log says why; where neither systemd nor runit keeps libvirt, set croft.agent.libvirt-restart in /etc/croft/agent.yaml";
            case IO_ERROR ->
                "Its agent lets it go on by itself once its disk can be written: see that the host's disk has room and is well";
            case SAVING -> "Its agent lets it go on by itself when what saves it has ended";
            case BY_USER, UNKNOWN -> "On the host: virsh resume " + instance + "; or " + reboot;
            case GUEST_SLEEPS -> "On the host: virsh dompmwakeup " + instance + "; or " + reboot;
            case GUEST_CRASHED, WATCHDOG -> "Read its console, then " + reboot;
            case MIGRATION ->
                "See that it runs on no other host; then, on this one: virsh resume " + instance + "; or " + reboot;
            case MIGRATION_FAILED -> "See that it runs on no other host; then stop and start it";
        };
    }

    private void orphans() {
        findings.add(
                signs.orphans().isEmpty()
                        ? ok("orphans", "none")
                        : warn(
                                "orphans",
                                signs.orphans().stream().map(Checkup::name).collect(Collectors.joining(", ")),
                                "Nothing removes them but you, once you know that nobody needs them"));
    }

    private static String name(Orphan orphan) {
        return orphan.kind().wireName() + " " + orphan.name()
                + (orphan.owner().isEmpty() ? "" : " (" + orphan.owner() + ")");
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + " times";
    }

    private String ago(Instant then) {
        return Math.max(0, Duration.between(then, signs.now()).toSeconds()) + " s ago";
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }
}
