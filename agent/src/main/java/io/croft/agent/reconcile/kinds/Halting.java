package io.croft.agent.reconcile.kinds;

import io.croft.agent.hypervisor.ObservedVm.Power;
import io.croft.agent.ledger.LedgerState;
import io.croft.protocol.InstanceSpec;

/**
 * Telling a machine whose guest powered it off, which stays off, from one that crashed, which starts again. The ledger notes what was wanted
 * when the guest did so, since the hypervisor forgets the reason; a later wish to run starts it.
 */
final class Halting {
    private Halting() {}

    /** Whether the guest powered the machine off after {@code instance} was last wanted on. */
    static boolean halted(LedgerState desired, Machines machines, InstanceSpec instance) {
        var noted = desired.halted().get(instance.id());
        return noted != null
                && !noted.olderThan(instance.generation())
                && machines.find(instance.id()).filter(m -> !m.alive()).isPresent();
    }

    /** Whether the machine was found powered off by its guest and the ledger has no note of this time yet. */
    static boolean news(LedgerState desired, Machines machines, InstanceSpec instance) {
        var noted = desired.halted().get(instance.id());
        return machines.find(instance.id())
                .filter(m -> m.power() == Power.OFF_BY_GUEST)
                .filter(m -> noted == null || noted.olderThan(m.generation()))
                .isPresent();
    }
}
