package io.croft.agent.metadata.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Pace pace = new Pace();

    private long allowed(String address, long now, int asked) {
        return IntStream.range(0, asked).filter(_ -> pace.allows(address, now)).count();
    }

    @Test
    void aBurstAndThenEightASecond() {
        var start = -5 * SECOND;
        assertThat(allowed("10.0.0.5", start, 100)).isEqualTo(Pace.BURST);
        assertThat(allowed("10.0.0.5", start + SECOND, 100)).isEqualTo(8);
        assertThat(allowed("10.0.0.5", start + 60 * SECOND, 100)).isEqualTo(Pace.BURST);
    }

    @Test
    void oneDoesNotSlowAnother() {
        allowed("10.0.0.5", 0, 100);
        assertThat(allowed("10.0.0.6", 0, 1)).isEqualTo(1);
    }

    @Test
    void remembersNoMoreThanItMay() {
        allowed("10.0.0.5", 0, Pace.BURST);
        IntStream.range(0, Pace.MOST).forEach(i -> pace.allows("10.1." + i / 256 + "." + i % 256, 0));
        assertThat(allowed("10.0.0.5", 0, 100)).as("forgotten").isEqualTo(Pace.BURST);
    }
}
