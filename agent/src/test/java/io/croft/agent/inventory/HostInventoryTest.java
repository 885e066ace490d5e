package io.croft.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.clock.ClockState;
import io.croft.agent.faults.Faults;
import io.croft.agent.firewall.sim.SimFirewall;
import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.hypervisor.HypervisorFacts;
import io.croft.agent.network.sim.SimHostNetwork;
import io.croft.agent.reconcile.ReconcilerStats;
import io.croft.protocol.AgentWork;
import io.croft.protocol.HostFacts;
import io.croft.protocol.HostHealth;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class HostInventoryTest {
    private static final String MISSING = "arm64 is to be emulated: install qemu-system-arm";

    @Test
    void whatTheHypervisorCannotOfferTakesNothingFromTheRest() {
        var facts = facts(() -> new HypervisorFacts("x86_64", "kvm", List.of(), List.of(MISSING), null));
        assertThat(facts.problems()).containsExactly("other trouble");
        assertThat(facts.warnings()).containsExactly(MISSING);
        assertThat(facts.runs("arm64")).isFalse();
        assertThat(facts.runs("x86_64")).isTrue();
        assertThat(facts.health())
                .returns(true, HostHealth::hypervisorAnswers)
                .returns(false, HostHealth::clockSynchronised);
    }

    @Test
    void aHypervisorThatDoesNotAnswerIsAProblem() {
        var facts = facts(() -> {
            throw new HypervisorException("connection refused", null);
        });
        assertThat(facts.problems()).contains("The hypervisor does not answer: connection refused");
        assertThat(facts.health()).returns(false, HostHealth::hypervisorAnswers);
    }

    private static HostFacts facts(Supplier<HypervisorFacts> answer) {
        var hypervisor = (Hypervisor) Proxy.newProxyInstance(
                Hypervisor.class.getClassLoader(), new Class<?>[] {Hypervisor.class}, (_, method, _) -> {
                    assertThat(method.getName()).isEqualTo("facts");
                    return answer.get();
                });
        return new HostInventory(
                        "h1",
                        "us-east-1a",
                        "1",
                        new Machine(2, 1L << 30, "boot"),
                        hypervisor,
                        new SimFirewall(new Faults()),
                        new SimHostNetwork(new Faults()),
                        List.of(),
                        () -> new ClockState(false, ClockState.Leap.NONE, Duration.ofSeconds(16)),
                        InstantSource.system())
                .facts(
                        List.of("other trouble"),
                        List.of(),
                        new ReconcilerStats(0, 0, 0, 0, 0, 0, 0, List.of(), 0, 0, List.of()),
                        new AgentWork(List.of(), 0, 0, 0, 0, 0));
    }
}
