package io.croft.controller.compute.capacityreservation;

import io.croft.types.AccountId;
import io.croft.types.CapacityReservationId;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A capacity reservation.
 *
 * @param total for how many instances
 * @param available how many more can be launched into it now: what is set aside on hosts that take instances
 * @param used how many instances are in it
 * @param targeted whether only instances that name it are
 * @param endDate when it ends by itself; null for never
 */
public record CapacityReservationView(
        CapacityReservationId id,
        AccountId owner,
        String instanceType,
        String zone,
        int total,
        int available,
        int used,
        boolean targeted,
        @Nullable Instant endDate,
        State state,
        Instant created,
        Map<String, String> tags) {
    /** The state of a capacity reservation, by EC2's names. */
    public enum State {
        /** Its capacity is set aside. */
        ACTIVE,
        /** Its end date came. */
        EXPIRED,
        /** It was cancelled. */
        CANCELLED;

        public String ec2Name() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
