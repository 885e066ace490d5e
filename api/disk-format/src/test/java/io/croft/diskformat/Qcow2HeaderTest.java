package io.croft.diskformat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Qcow2HeaderTest {
    private static ByteBuffer with(Consumer<ByteBuffer> change) {
        var header = Qcow2Files.header(1L << 30);
        change.accept(header);
        return header;
    }

    @Test
    void aPlainFileIsTaken() {
        assertThat(Qcow2Header.parse(Qcow2Files.header(1L << 30))).isEqualTo(new Qcow2Header(1L << 30, null));
    }

    @Test
    void soIsOneOfVersionTwoOrWithAnotherCompression() {
        assertThat(Qcow2Header.parse(with(h -> h.putInt(4, 2))).refusal()).isNull();
        assertThat(Qcow2Header.parse(with(h -> h.putLong(72, 0b01000))).refusal())
                .isNull();
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("not a qcow2", with(h -> h.putInt(0, 0x4b444d56))),
                Arguments.of("version", with(h -> h.putInt(4, 4))),
                Arguments.of("backing file", with(h -> h.putLong(8, 200))),
                Arguments.of("backing file", with(h -> h.putInt(16, 7))),
                Arguments.of("cluster size", with(h -> h.putInt(20, 40))),
                Arguments.of("encrypted", with(h -> h.putInt(32, 2))),
                Arguments.of("virtual size", with(h -> h.putLong(24, 0))),
                Arguments.of("virtual size", with(h -> h.putLong(24, 1000))),
                Arguments.of("virtual size", with(h -> h.putLong(24, -512))),
                Arguments.of("another file", with(h -> h.putLong(72, 0b00100))),
                Arguments.of("closed cleanly", with(h -> h.putLong(72, 0b00001))),
                Arguments.of("features", with(h -> h.putLong(72, 1L << 40))),
                Arguments.of("header's length", with(h -> h.putInt(100, 4))),
                Arguments.of(
                        "names another file",
                        with(h -> h.putInt(104, 0x44415441).putInt(108, 8))),
                Arguments.of("no end", with(h -> h.putInt(104, 1).putInt(108, -1))),
                Arguments.of("not a qcow2", ByteBuffer.allocate(10)));
    }

    @ParameterizedTest
    @MethodSource
    void hostile(String why, ByteBuffer header) {
        var read = Qcow2Header.parse(header);
        assertThat(read.refusal()).contains(why);
        assertThat(read.virtualBytes()).isZero();
    }

    @Test
    void noBytesMakeItFail() {
        var seed = System.nanoTime();
        System.out.println("Qcow2HeaderTest seed " + seed);
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++) {
            var header = Qcow2Files.header(1L << 30);
            for (var changes = random.nextInt(6); changes >= 0; changes--) {
                header.put(8 + random.nextInt(header.limit() - 8), (byte) random.nextInt());
            }
            var read = Qcow2Header.parse(header.limit(8 + random.nextInt(header.limit() - 8)));
            assertThat(read.refusal() == null).as("seed %s", seed).isEqualTo(read.virtualBytes() > 0);
        }
    }
}
