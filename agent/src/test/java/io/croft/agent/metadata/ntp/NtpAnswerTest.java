package io.croft.agent.metadata.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.clock.ClockState;
import io.croft.agent.clock.ClockState.Leap;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Field by field as RFC 5905 has them. */
class NtpAnswerTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-28T12:00:00.5Z");
    private static final ClockState KEPT = new ClockState(true, Leap.NONE, Duration.ofMillis(250));
    private static final long CLIENTS = 0x1234_5678_9abc_def0L;

    private static ByteBuffer question(int first, int length) {
        var question = ByteBuffer.allocate(length);
        if (length >= 48) {
            question.putLong(40, CLIENTS).put(2, (byte) 6);
        }
        return length == 0 ? question : question.put(0, (byte) first);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0b, 0x13, 0x1b, 0x23, 0xe3})
    void clientsOfEveryVersionAsk(int first) {
        assertThat(NtpAnswer.asked(question(first, 48))).isTrue();
        assertThat(NtpAnswer.asked(question(first, 68)))
                .as("with an authenticator")
                .isTrue();
    }

    /** Version 0 and 5 to 7, and every mode but a client's: a server that answered answers would talk to itself. */
    @ParameterizedTest
    @ValueSource(ints = {0x03, 0x2b, 0x3b, 0x20, 0x21, 0x22, 0x24, 0x25, 0x26, 0x27})
    void nobodyElseAsks(int first) {
        assertThat(NtpAnswer.asked(question(first, 48))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 47})
    void aPieceIsNoQuestion(int length) {
        assertThat(NtpAnswer.asked(question(0x23, length))).isFalse();
    }

    @Test
    void aKeptClockAnswers() {
        var answer = NtpAnswer.to(question(0x1b, 68), RECEIVED, KEPT);
        NtpAnswer.sentAt(answer, RECEIVED.plusMillis(250));
        assertThat(answer.remaining()).isEqualTo(48);
        assertThat(answer.get(0)).as("leap 0, version 3, server").isEqualTo((byte) 0x1c);
        assertThat(answer.get(1)).as("stratum").isEqualTo((byte) 10);
        assertThat(answer.get(2)).as("poll").isEqualTo((byte) 6);
        assertThat(answer.getInt(8)).as("root dispersion").isEqualTo(0x4000);
        assertThat(answer.getInt(12)).as("reference").isEqualTo(0x7f7f0101);
        assertThat(answer.getLong(24)).as("origin").isEqualTo(CLIENTS);
        assertThat(answer.getLong(32)).as("receive").isEqualTo(NtpAnswer.timestamp(RECEIVED));
        assertThat(answer.getLong(40) - answer.getLong(32)).as("transmit").isEqualTo(1L << 30);
    }

    @Test
    void aClockThatNobodyKeepsSaysSo() {
        var answer =
                NtpAnswer.to(question(0x23, 48), RECEIVED, new ClockState(false, Leap.INSERT, Duration.ofSeconds(16)));
        assertThat(answer.get(0) >> 6 & 3).as("leap: unsynchronised").isEqualTo(3);
        assertThat(answer.get(1)).as("stratum").isZero();
        assertThat(answer.getInt(8)).as("root dispersion").isEqualTo(16 << 16);
        assertThat(answer.getInt(12)).as("no kiss code").isZero();
    }

    @Test
    void aLeapSecondIsAnnounced() {
        assertThat(NtpAnswer.to(question(0x23, 48), RECEIVED, new ClockState(true, Leap.DELETE, Duration.ZERO))
                                        .get(0)
                                >> 6
                        & 3)
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "1900-01-01T00:00:00Z, 0000000000000000",
        "1970-01-01T00:00:00Z, 83aa7e8000000000",
        "2026-11-28T12:00:00.5Z, eeb540c080000000",
        "2036-02-07T06:28:16.25Z, 0000000040000000"
    })
    void timestampsCountFrom1900(Instant instant, String hex) {
        assertThat(NtpAnswer.timestamp(instant)).isEqualTo(Long.parseUnsignedLong(hex, 16));
    }
}
