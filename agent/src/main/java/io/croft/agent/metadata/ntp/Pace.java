package io.croft.agent.metadata.ntp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each address is answered: so many at once, then one at a time. Remembers the addresses of late, at most {@value #MOST}. Not for several threads.
 *
 * <p>A client asks once a minute or less, and up to eight times in a row when it starts.
 */
final class Pace {
    static final int BURST = 16;
    static final int MOST = 4096;

    private static final long INTERVAL = Duration.ofMillis(125).toNanos();

    /** By address, when what it was answered so far would have been answered at the even pace. */
    private final Map<String, Long> due = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Whether the address may be answered now; counts as answered then.
     *
     * @param now a running count of nanoseconds
     */
    boolean allows(String address, long now) {
        var before = due.get(address);
        var next = before == null || before - now < 0 ? now : before;
        if (next - now > (BURST - 1) * INTERVAL) {
            return false;
        }
        due.put(address, next + INTERVAL);
        return true;
    }
}
