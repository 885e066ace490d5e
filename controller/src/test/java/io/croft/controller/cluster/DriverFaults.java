package io.croft.controller.cluster;

import io.croft.agent.SimDrivers;
import io.croft.agent.faults.Faults;
import io.croft.agent.faults.Faults.Fault;
import io.croft.agent.firewall.FirewallException;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.network.NetworkException;
import io.croft.agent.storage.StorageException;
import io.croft.protocol.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Draws faults that pass: one call of some driver fails, before or after its work, or takes its time. */
final class DriverFaults {
    private static final List<Target> TARGETS = List.of(
            new Target(SimDrivers::machineFaults, m -> new HypervisorException(m, null), "list", "inspect"),
            new Target(SimDrivers::machineFaults, m -> new HypervisorException(m, null), "start", "remove"),
            new Target(SimDrivers::machineFaults, m -> new HypervisorException(m, null), "requestShutdown", "powerOff"),
            new Target(SimDrivers::machineFaults, m -> new HypervisorException(m, null), "reset", "consoleTail"),
            new Target(SimDrivers::volumeFaults, DriverFaults::storage, "ensure", "remove"),
            new Target(SimDrivers::imageFaults, DriverFaults::storage, "require"),
            new Target(SimDrivers::networkFaults, m -> new NetworkException(m, null), "vpcs", "ports"),
            new Target(SimDrivers::networkFaults, m -> new NetworkException(m, null), "ensureVpc", "removeVpc"),
            new Target(SimDrivers::networkFaults, m -> new NetworkException(m, null), "plug", "unplug"),
            new Target(SimDrivers::firewallFaults, m -> new FirewallException(m, null), "apply", "ports", "problems"),
            new Target(SimDrivers::metadataFaults, m -> new NetworkException(m, null), "serve", "withdraw", "serving"));

    private final RandomGenerator random;

    DriverFaults(RandomGenerator random) {
        this.random = random;
    }

    private record Target(
            Function<SimDrivers, Faults> faults, Function<String, RuntimeException> failure, List<String> verbs) {
        private Target(
                Function<SimDrivers, Faults> faults, Function<String, RuntimeException> failure, String... verbs) {
            this(faults, failure, List.of(verbs));
        }
    }

    /** Lets one of the next calls on the host go wrong; returns what, in words. */
    String strike(ClusterHost host) {
        var target = TARGETS.get(random.nextInt(TARGETS.size()));
        var verb = target.verbs().get(random.nextInt(target.verbs().size()));
        var failure = target.failure().apply("simulated failure of " + verb);
        var kind = random.nextInt(4);
        var fault = switch (kind) {
            case 0 -> new Fault.FailBefore(failure);
            case 1 -> new Fault.FailAfter(failure);
            case 2 -> new Fault.Hang(passing(Duration.ofMillis(random.nextInt(100, 1500))));
            default -> new Fault.Slow(Duration.ofMillis(random.nextInt(50, 400)));
        };
        target.faults().apply(host.drivers()).next(verb, fault);
        return host + ": " + verb + " " + fault.getClass().getSimpleName();
    }

    /** A latch that opens by itself. */
    private static CountDownLatch passing(Duration time) {
        var latch = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            LockSupport.parkNanos(time.toNanos());
            latch.countDown();
        });
        return latch;
    }

    private static RuntimeException storage(String message) {
        return new StorageException(new Failure(Failure.Code.STORAGE, message, true), null);
    }
}
