package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** A host that is cut off but alive, is taken for dead and comes back; and one that is started anew while there is no controller. */
@Tag("real")
@Tag("long")
class FenceE2E {
    private static final Duration AWAY = Duration.ofSeconds(90);

    private final LabFixture fixture = new LabFixture();
    private final Lab lab = fixture.lab;

    @AfterEach
    void nothingIsLeft() {
        lab.hosts().forEach(lab::mend);
        fixture.close();
    }

    @Test
    void whatWasGivenAwayEndsBeforeAnythingElse() {
        var instances = fixture.launchRunning(fixture.request(6));
        var host = lab.hosts().stream()
                .max(Comparator.comparingInt(h -> domains(h).size()))
                .orElseThrow();
        var there = instances.stream()
                .filter(i -> domains(host).contains(i.instanceId()))
                .toList();
        var ended = there.get(0);
        var stopped = there.get(1);
        var kept = there.get(2);
        fixture.awaitGuest(kept);
        lab.cut(host);
        awaitHost(host, "unreachable", AWAY);

        fixture.ec2.terminateInstances(r -> r.instanceIds(ended.instanceId()));
        fixture.ec2.stopInstances(r -> r.instanceIds(stopped.instanceId()).force(true));
        assertThatThrownBy(() -> launchAt(ended)).isInstanceOf(Ec2Exception.class);
        assertThat(why(ended)).contains("confirm-dead");
        assertThat(why(stopped)).contains("confirm-dead");
        assertThat(domains(host)).contains(ended.instanceId(), stopped.instanceId(), kept.instanceId());
        assertNoneRunsTwice();
        assertNoAddressIsTwice();

        fixture.croft("host", "confirm-dead", host, "--yes").require();
        fixture.awaitState(ended.instanceId(), InstanceStateName.TERMINATED);
        fixture.awaitState(stopped.instanceId(), InstanceStateName.STOPPED);
        var heir = launchAt(ended);
        assertThat(fixture.hostOf(heir)).isNotEqualTo(host);
        assertNoneRunsTwice();

        lab.mend(host);
        awaitHost(host, "ready", LabFixture.CONVERGENCE);
        assertThat(domains(host)).contains(kept.instanceId()).doesNotContain(ended.instanceId(), stopped.instanceId());
        assertThat(log(host)).contains("What the fence names has ended");
        assertThat(fixture.instance(kept.instanceId()).state().name()).isEqualTo(InstanceStateName.RUNNING);
        assertThat(fixture.guest(kept).answers()).isTrue();
        fixture.awaitAgreement();
        assertNoneRunsTwice();
        assertNoAddressIsTwice();
    }

    @Test
    void aHostThatWasStartedAnewWaitsForTheControllerOrForSomebodyOnIt() {
        var kept = fixture.launchRunning(fixture.request(1)).getFirst().instanceId();
        var host = fixture.hostOf(kept);
        lab.powerOff(host);
        lab.stop("controller");
        lab.powerOn(host);
        await("its agent waits")
                .atMost(LabFixture.CONVERGENCE)
                .until(() -> status(host).contains("UNHEARD"));
        assertThat(domains(host)).isEmpty();
        lab.script(host, "touch /run/croft/start-alone").require();
        await("it goes on alone")
                .atMost(LabFixture.CONVERGENCE)
                .until(() -> domains(host).contains(kept));
        assertThat(status(host)).contains("ALONE");
        lab.start("controller");
        await("the controller is heard")
                .atMost(LabFixture.CONVERGENCE)
                .until(() -> status(host).contains("OPEN"));
        assertThat(lab.script(host, "test ! -e /run/croft/start-alone").succeeded())
                .isTrue();
        await("a healthy lab").atMost(LabFixture.CONVERGENCE).until(lab::healthy);
        fixture.awaitAgreement();
    }

    private String launchAt(Instance before) {
        var id = fixture.launch(fixture.request(1).privateIpAddress(before.privateIpAddress()))
                .getFirst();
        fixture.awaitState(id, InstanceStateName.RUNNING);
        return id;
    }

    private void awaitHost(String host, String state, Duration within) {
        await(host + " " + state)
                .atMost(within)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> fixture.croft("host", "show", host, "--output", "json")
                        .output()
                        .toLowerCase(Locale.ROOT)
                        .contains("\"state\" : \"" + state + "\""));
    }

    private String why(Instance instance) {
        return fixture.croft("instance", "why", instance.instanceId()).require();
    }

    private List<String> domains(String host) {
        return List.copyOf(HostState.of(lab, host).domains("running"));
    }

    private String status(String host) {
        return lab.script(host, "cat /run/croft/agent.status 2>/dev/null || true")
                .output();
    }

    private String log(String host) {
        return lab.script(host, "cat /var/log/croft/croft-agent/current").require();
    }

    private void assertNoneRunsTwice() {
        var running = HostState.all(lab).stream()
                .flatMap(h -> h.domains("running").stream())
                .toList();
        assertThat(running).doesNotHaveDuplicates();
    }

    /** No two machines that run, whatever the records say of them, were given the same address. */
    private void assertNoAddressIsTwice() {
        var running = new HashSet<>(HostState.all(lab).stream()
                .flatMap(h -> h.domains("running").stream())
                .toList());
        var addresses = fixture.ec2.describeInstancesPaginator(r -> {}).reservations().stream()
                .flatMap(r -> r.instances().stream())
                .filter(i -> running.contains(i.instanceId()))
                .flatMap(i -> Stream.of(i.privateIpAddress(), i.publicIpAddress()))
                .filter(Objects::nonNull)
                .toList();
        assertThat(addresses).doesNotHaveDuplicates();
    }
}
