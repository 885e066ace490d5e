package io.croft.diskformat;

import static io.croft.diskformat.VmdkFiles.DESCRIPTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VmdkHeaderTest {
    private static ByteBuffer with(Consumer<ByteBuffer> change) {
        var header = VmdkFiles.header(DESCRIPTION);
        change.accept(header);
        return header;
    }

    private static ByteBuffer described(String from, String to) {
        assertThat(DESCRIPTION).contains(from);
        return VmdkFiles.header(DESCRIPTION.replace(from, to));
    }

    @Test
    void aDiskThatIsWholeInItsFileIsTaken() {
        assertThat(VmdkHeader.parse(VmdkFiles.header(DESCRIPTION))).isEqualTo(new VmdkHeader(1L << 30, null));
        assertThat(VmdkHeader.parse(described("streamOptimized", "monolithicSparse"))
                        .refusal())
                .isNull();
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("other files", described("SPARSE \"debian.vmdk\"", "FLAT \"/etc/shadow\" 0")),
                Arguments.of("other files", described("SPARSE \"debian.vmdk\"", "SPARSE \"../../disk.vmdk\"")),
                Arguments.of("other files", described("SPARSE \"debian.vmdk\"", "VMFS \"debian-flat.vmdk\"")),
                Arguments.of("other files", described("RW 2097152", "RW 1 SPARSE \"a.vmdk\"\nRW 2097152")),
                Arguments.of("other files", described("RW 2097152 SPARSE \"debian.vmdk\"", "")),
                Arguments.of("whole in one file", described("streamOptimized", "monolithicFlat")),
                Arguments.of("whole in one file", described("streamOptimized", "twoGbMaxExtentSparse")),
                Arguments.of(
                        "whole in one file", described("createType", "createType=\"streamOptimized\"\ncreateType")),
                Arguments.of("parent", described("parentCID=ffffffff", "parentCID=12345678")),
                Arguments.of("parent", described("ddb.", "parentFileNameHint=\"/etc/shadow\"\nddb.")),
                Arguments.of("where it belongs", with(h -> h.putLong(28, 0))),
                Arguments.of("where it belongs", with(h -> h.putLong(28, 1L << 55 | 1))),
                Arguments.of("virtual size", with(h -> h.putLong(12, 0))),
                Arguments.of("virtual size", with(h -> h.putLong(12, -1))),
                Arguments.of("version", with(h -> h.putInt(4, 9))),
                Arguments.of("other files", ByteBuffer.wrap(DESCRIPTION.getBytes(StandardCharsets.ISO_8859_1))),
                Arguments.of("other files", with(h -> h.putInt(0, 0x44574f43))));
    }

    @ParameterizedTest
    @MethodSource
    void hostile(String why, ByteBuffer header) {
        var read = VmdkHeader.parse(header);
        assertThat(read.refusal()).contains(why);
        assertThat(read.virtualBytes()).isZero();
    }

    @Test
    void noBytesMakeItFail() {
        var seed = System.nanoTime();
        System.out.println("VmdkHeaderTest seed " + seed);
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++) {
            var header = VmdkFiles.header(DESCRIPTION);
            for (var changes = random.nextInt(6); changes >= 0; changes--) {
                header.put(random.nextInt(800), (byte) random.nextInt());
            }
            var read = VmdkHeader.parse(header.limit(random.nextInt(4096)));
            assertThat(read.refusal() == null).as("seed %s", seed).isEqualTo(read.virtualBytes() > 0);
        }
    }
}
