package io.croft.agent.reconcile.kinds;

import java.time.Duration;

/**
 * How long a guest may take to answer for the first time after its machine was powered on.
 *
 * @param emulated the same where its processor is emulated, which is slow
 */
public record GuestPatience(Duration usual, Duration emulated) {
    Duration of(boolean emulation) {
        return emulation ? emulated : usual;
    }
}
