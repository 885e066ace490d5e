package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How fast a machine may use a volume.
 *
 * @param iops I/O operations per second, reads and writes together; null for no limit
 * @param bytes bytes per second, likewise
 */
public record IoLimits(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Rate iops,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Rate bytes) {
    /** No limit. */
    public static final IoLimits NONE = new IoLimits(null, null);

    /**
     * A rate.
     *
     * @param perSecond for ever
     * @param burst what may be had for a while beyond it; null for nothing
     */
    public record Rate(
            long perSecond,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Burst burst) {
        public Rate {
            if (perSecond < 1 || (burst != null && burst.perSecond() < perSecond)) {
                throw new IllegalArgumentException(perSecond + " per second, " + burst);
            }
        }

        /** One without a burst. */
        public static Rate of(long perSecond) {
            return new Rate(perSecond, null);
        }
    }

    /**
     * A rate that can be had for so long by who took nothing for long; what is not taken of the lower rate is saved up for it.
     *
     * @param seconds at least 1
     */
    public record Burst(long perSecond, int seconds) {
        public Burst {
            if (seconds < 1) {
                throw new IllegalArgumentException("a burst of " + seconds + " s");
            }
        }
    }
}
