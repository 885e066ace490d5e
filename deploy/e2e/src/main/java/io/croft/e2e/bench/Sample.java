package io.croft.e2e.bench;

import java.util.Arrays;
import java.util.List;

/**
 * Durations that were measured, in milliseconds.
 *
 * @param millis at least one
 */
record Sample(List<Double> millis) {
    Sample {
        if (millis.isEmpty()) {
            throw new IllegalArgumentException("a sample needs a measurement");
        }
        millis = List.copyOf(millis);
    }

    /** The smallest measurement that this share (0 to 1) of all does not exceed (nearest rank). */
    double percentile(double share) {
        double[] sorted = millis.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
