package io.croft.agent.clock;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import io.croft.agent.clock.ClockState.Leap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * The kernel's own record, that every time service of the host keeps.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/adjtimex.2.html">adjtimex(2)</a>
 */
public final class KernelClock implements HostClock {
    private static final Calls CALLS = Native.load("c", Calls.class);
    /** {@code struct timex} of 64-bit Linux: its size, and where its fields are. */
    private static final int SIZE = 208;

    private static final int MAXERROR = 24;
    private static final int STATUS = 40;
    private static final int STA_INS = 0x10;
    private static final int STA_DEL = 0x20;
    private static final int STA_UNSYNC = 0x40;
    private static final int TIME_ERROR = 5;

    /** The one call that Java does not have. */
    interface Calls extends Library {
        int adjtimex(byte[] timex) throws LastErrorException;
    }

    @Override
    public ClockState state() {
        var timex = new byte[SIZE];
        return of(CALLS.adjtimex(timex), ByteBuffer.wrap(timex).order(ByteOrder.nativeOrder()));
    }

    static ClockState of(int answer, ByteBuffer timex) {
        var status = timex.getInt(STATUS);
        return new ClockState(
                answer != TIME_ERROR && (status & STA_UNSYNC) == 0,
                leap(status),
                Duration.of(timex.getLong(MAXERROR), ChronoUnit.MICROS));
    }

    private static Leap leap(int status) {
        if ((status & STA_INS) != 0) {
            return Leap.INSERT;
        }
        return (status & STA_DEL) != 0 ? Leap.DELETE : Leap.NONE;
    }
}
