package io.croft.controller.quota;

import io.croft.controller.context.CloudException;
import java.util.Map;
import java.util.Objects;

/** What an account may have and has of some kinds, at one moment; pure. */
record Allowance(Map<Quota, Long> limits, Map<Quota, Long> used) {
    Allowance {
        limits = Map.copyOf(limits);
        used = Map.copyOf(used);
    }

    /**
     * How many of {@code most} alike fit in.
     *
     * @throws CloudException the exceeded kind's, when fewer than {@code least} do
     */
    int grant(Map<Quota, Long> each, int least, int most) {
        var granted = most;
        for (var quota : Quota.values()) {
            var one = each.getOrDefault(quota, 0L);
            if (one > 0) {
                var room = Math.max(0, limit(quota) - used(quota)) / one;
                if (room < least) {
                    throw exceeded(quota, least * one);
                }
                granted = (int) Math.min(granted, room);
            }
        }
        return granted;
    }

    private long limit(Quota quota) {
        return Objects.requireNonNull(limits.get(quota));
    }

    private long used(Quota quota) {
        return Objects.requireNonNull(used.get(quota));
    }

    private CloudException exceeded(Quota quota, long wanted) {
        var limit = limit(quota);
        var message = quota == Quota.VCPUS
                ? "You have requested more vCPU capacity than your current vCPU limit of " + limit + " allows: "
                        + used(quota) + " are in use and " + wanted + " more are needed."
                : "Your quota allows for " + limit + " " + quota.noun() + ": " + used(quota) + " are in use and "
                        + wanted + " more are needed.";
        return new CloudException(quota.exceeded(), message);
    }
}
