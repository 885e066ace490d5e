package io.croft.agent.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: doubling from 200 ms to 5 s, between half and all of it, so that hosts do not come back together. */
final class Backoff {
    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 5_000;
    private static final int MOST_DOUBLINGS = 5;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    void worked() {
        failures = 0;
    }

    Duration failed() {
        var whole = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }
}
