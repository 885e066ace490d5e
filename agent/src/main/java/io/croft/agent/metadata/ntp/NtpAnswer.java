package io.croft.agent.metadata.ntp;

import io.croft.agent.clock.ClockState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/**
 * The server's half of NTP: one datagram for one, never longer than the question, and nothing for what is no client's question.
 *
 * <p>The kernel does not say how far its host is from a primary clock. So a clock that is kept answers at stratum 10, as local references do, and whoever has a better
 * source prefers that; one that is not kept says so (leap 3, stratum 0), and no client takes the time from it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5905#section-7.3">RFC 5905, Packet Header Variables</a>
 */
final class NtpAnswer {
    /** Bytes of a header without extensions, which is all that is answered. */
    static final int SIZE = 48;

    private static final int VERSIONS = 4;
    private static final int CLIENT = 3;
    private static final int SERVER = 4;
    private static final int UNSYNCHRONISED = 3;
    private static final int LOCAL_STRATUM = 10;
    /** 127.127.1.1, which stands for a host's own clock in the place of an upstream server's address. */
    private static final int LOCAL_REFERENCE = 0x7f7f0101;

    /** As an exponent of two: about a microsecond. */
    private static final byte PRECISION = -20;

    private static final int TRANSMIT = 40;
    /** Seconds from the first of 1900, NTP's beginning, to that of 1970. */
    private static final long ERA_TO_EPOCH = 2_208_988_800L;

    private NtpAnswer() {}

    /** Whether the datagram asks for the time. */
    static boolean asked(ByteBuffer datagram) {
        if (datagram.remaining() < SIZE) {
            return false;
        }
        var version = datagram.get(datagram.position()) >> 3 & 7;
        return (datagram.get(datagram.position()) & 7) == CLIENT && version >= 1 && version <= VERSIONS;
    }

    /**
     * The answer but for the time that it is sent at, which {@link #sentAt} fills in.
     *
     * @param question a datagram that {@linkplain #asked asks}
     * @param received when it came
     */
    static ByteBuffer to(ByteBuffer question, Instant received, ClockState clock) {
        var at = question.position();
        var answer = ByteBuffer.allocate(SIZE);
        answer.put((byte) ((leap(clock) << 6) | (question.get(at) & 0x38) | SERVER));
        answer.put((byte) (clock.synchronised() ? LOCAL_STRATUM : 0));
        answer.put(question.get(at + 2)).put(PRECISION);
        answer.putInt(0).putInt(shortFormat(clock.maximumError()));
        answer.putInt(clock.synchronised() ? LOCAL_REFERENCE : 0);
        answer.putLong(clock.synchronised() ? timestamp(received) : 0);
        answer.putLong(question.getLong(at + TRANSMIT)).putLong(timestamp(received));
        return answer.rewind();
    }

    static void sentAt(ByteBuffer answer, Instant now) {
        answer.putLong(TRANSMIT, timestamp(now));
    }

    private static int leap(ClockState clock) {
        if (!clock.synchronised()) {
            return UNSYNCHRONISED;
        }
        return switch (clock.leap()) {
            case NONE -> 0;
            case INSERT -> 1;
            case DELETE -> 2;
        };
    }

    /** 32 bits of seconds since 1900, which begin again in 2036, and 32 of their fraction. */
    static long timestamp(Instant instant) {
        var fraction = ((long) instant.getNano() << 32) / 1_000_000_000L;
        return ((instant.getEpochSecond() + ERA_TO_EPOCH) << 32) | fraction;
    }

    /** 16 bits of seconds and 16 of their fraction; what does not fit is the most that does. */
    private static int shortFormat(Duration duration) {
        var units = (duration.toNanos() << 16) / 1_000_000_000L;
        return (int) Math.clamp(units, 0, 0xffffffffL);
    }
}
