package io.croft.agent.reconcile.kinds;

import io.croft.agent.exec.ExecException;
import io.croft.agent.firewall.FirewallException;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.network.NetworkException;
import io.croft.agent.storage.StorageException;
import io.croft.protocol.Failure;
import java.util.Objects;
import java.util.Optional;

/** What the drivers' exceptions mean in the protocol's words. */
final class DriverFailures {
    private DriverFailures() {}

    /** @param program what a failure of a program counts as that the driver ran */
    static Optional<Failure> of(Throwable thrown, Failure.Code program) {
        return switch (thrown) {
            case StorageException e -> Optional.of(e.failure());
            case HypervisorException e -> Optional.of(failure(Failure.Code.HYPERVISOR, e));
            case NetworkException e -> Optional.of(failure(Failure.Code.NETWORK, e));
            case FirewallException e -> Optional.of(failure(Failure.Code.FIREWALL, e));
            case ExecException e -> Optional.of(failure(program, e));
            default -> Optional.empty();
        };
    }

    private static Failure failure(Failure.Code code, Throwable e) {
        return new Failure(code, Objects.requireNonNullElse(e.getMessage(), e.toString()), true);
    }
}
