package io.croft.agent.reconcile.kinds;

import io.croft.agent.hypervisor.ObservedVm.Power;
import io.croft.agent.ledger.LedgerState;
import io.croft.protocol.InstanceSpec;
import io.croft.types.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Recovery of machines that stopped by themselves, as when QEMU died or the host was started anew: in place, on their own volumes, by the one host that has them, so that no data are lost and never two
 * run. Those that are to stay down for that do; others are started again so many times an hour. Which machines ran is in the ledger, so that it holds over a restart of the host.
 */
final class Recovery {
    /** How often a machine is started again within the time. */
    static final int MOST = 20;

    static final Duration WITHIN = Duration.ofHours(1);

    private final Map<InstanceId, Deque<Instant>> begun = new HashMap<>();

    /** Whether a machine that is to stay down ran since it was last wanted on and is off, not by its guest. */
    static boolean staysDown(LedgerState desired, Machines machines, InstanceSpec instance) {
        var noted = desired.ran().get(instance.id());
        return instance.staysDown()
                && noted != null
                && !noted.olderThan(instance.generation())
                && !machines.mayRun(instance.id())
                && machines.find(instance.id()).map(m -> m.power() == Power.OFF).orElse(true);
    }

    /** Whether such a machine runs and the ledger has no note of this time yet. */
    static boolean news(LedgerState desired, Machines machines, InstanceSpec instance) {
        var noted = desired.ran().get(instance.id());
        return instance.staysDown()
                && instance.power() == InstanceSpec.Power.ON
                && (noted == null || noted.olderThan(instance.generation()))
                && machines.find(instance.id())
                        .filter(m -> m.power() == Power.RUNNING)
                        .isPresent();
    }

    /** A machine has stopped by itself and is to be started again. */
    void begin(InstanceId id, Instant now) {
        var times = begun.computeIfAbsent(id, _ -> new ArrayDeque<>());
        times.addLast(now);
        while (times.size() > MOST) {
            times.removeFirst();
        }
    }

    /** When the machine may be started again, where that is later. */
    Optional<Instant> heldUntil(InstanceId id, Instant now) {
        return Optional.ofNullable(begun.get(id))
                .filter(times -> times.size() == MOST)
                .map(times -> times.getFirst().plus(WITHIN))
                .filter(now::isBefore);
    }

    /** Forgets the machines that are not wanted on any more. */
    void keepOnly(Predicate<InstanceId> wantedOn) {
        begun.keySet().removeIf(wantedOn.negate());
    }
}
