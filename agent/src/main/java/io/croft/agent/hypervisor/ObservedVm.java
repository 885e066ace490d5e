package io.croft.agent.hypervisor;

import io.croft.protocol.PauseReason;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import org.jspecify.annotations.Nullable;

/**
 * A managed machine as it is.
 *
 * @param generation the generation it was defined for, from its metadata
 * @param paused why it is paused; null when it is not
 */
public record ObservedVm(
        InstanceId id,
        AccountId account,
        Generation generation,
        Power power,
        @Nullable PauseReason paused) {
    public ObservedVm {
        if ((power == Power.PAUSED) != (paused != null)) {
            throw new IllegalArgumentException(power + " for the reason " + paused);
        }
    }

    /** A machine that is not paused. */
    public ObservedVm(InstanceId id, AccountId account, Generation generation, Power power) {
        this(id, account, generation, power, null);
    }

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
