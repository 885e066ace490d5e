package io.croft.agent.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.clock.ClockState.Leap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KernelClockTest {
    private static ClockState read(int answer, int status, long maxerror) {
        var timex = ByteBuffer.allocate(208).order(ByteOrder.nativeOrder());
        return KernelClock.of(answer, timex.putLong(24, maxerror).putInt(40, status));
    }

    @Test
    void aClockIsKeptWhenTheKernelSaysSo() {
        assertThat(read(0, 0x2001, 15_000)).isEqualTo(new ClockState(true, Leap.NONE, Duration.ofMillis(15)));
        assertThat(read(5, 0x40, 16_000_000).synchronised()).isFalse();
        assertThat(read(5, 0, 0).synchronised()).as("in error").isFalse();
        assertThat(read(1, 0x11, 0).leap()).isEqualTo(Leap.INSERT);
        assertThat(read(2, 0x21, 0).leap()).isEqualTo(Leap.DELETE);
    }

    @Test
    void thisMachinesOwnClockCanBeRead() {
        assertThat(new KernelClock().state().maximumError()).isGreaterThanOrEqualTo(Duration.ZERO);
    }
}
