package io.croft.controller.compute;

import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether an instance and the host under it work.
 *
 * @param impairedSince when a check began to fail; null when none does
 * @param reason why it fails; null when none does
 */
public record InstanceStatusView(
        InstanceId id,
        String zone,
        InstanceState state,
        Check instanceCheck,
        Check systemCheck,
        @Nullable Instant impairedSince,
        @Nullable String reason) {
    /** The result of a check, under EC2's names: the status and, of its detail {@code reachability}, the status. */
    public enum Check {
        OK("ok", "passed"),
        IMPAIRED("impaired", "failed"),
        INITIALIZING("initializing", "initializing"),
        INSUFFICIENT_DATA("insufficient-data", "insufficient-data"),
        NOT_APPLICABLE("not-applicable", "");

        private final String status;
        private final String reachability;

        Check(String status, String reachability) {
            this.status = status;
            this.reachability = reachability;
        }

        public String status() {
            return status;
        }

        /** Empty when there is no such detail. */
        public String reachability() {
            return reachability;
        }
    }
}
