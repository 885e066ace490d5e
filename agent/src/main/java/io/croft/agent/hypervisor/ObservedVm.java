package io.croft.agent.hypervisor;

import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.InstanceId;

/**
 * A managed machine as it is.
 *
 * @param generation the generation it was defined for, from its metadata
 */
public record ObservedVm(InstanceId id, AccountId account, Generation generation, Power power) {
    /** Where its power stands, and why it is off. */
    public enum Power {
        RUNNING,
        /** Held, for instance after an I/O error; it still has its memory. */
        PAUSED,
        /** The guest powered itself off. */
        OFF_BY_GUEST,
        /** Off with its memory saved: its next start goes on from there. */
        SAVED,
        /** Off for any other reason: cut by us, crashed, the host restarted, never started. */
        OFF
    }

    public boolean alive() {
        return power == Power.RUNNING || power == Power.PAUSED;
    }
}
