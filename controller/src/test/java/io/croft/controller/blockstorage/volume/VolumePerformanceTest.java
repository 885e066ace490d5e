package io.croft.controller.blockstorage.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.protocol.IoLimits;
import io.croft.protocol.IoLimits.Burst;
import io.croft.protocol.IoLimits.Rate;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumePerformanceTest {
    private static final long MIB = 1L << 20;

    /** As EC2's pages on its volume types have them. */
    @ParameterizedTest
    @CsvSource({
        "GP2, 8, , , 100, 128",
        "GP2, 500, , , 1500, 250",
        "GP2, 6000, , , 16000, 250",
        "GP3, 8, , , 3000, 125",
        "GP3, 20, 5000, 500, 5000, 500",
        "IO1, 4, 100, , 100, 25",
        "IO1, 400, 20000, , 20000, 500",
        "IO1, 2000, 64000, , 64000, 1000",
        "IO2, 4, 1000, , 1000, 250",
        "IO2, 1000, 256000, , 256000, 4000",
        "ST1, 1024, , , 500, 40",
        "ST1, 16384, , , 500, 500",
        "SC1, 1024, , , 250, 12",
        "SC1, 16384, , , 250, 192",
        "STANDARD, 8, , , 200, 90",
    })
    void areThoseOfTheType(
            VolumeType type, int gib, @Nullable Integer iops, @Nullable Integer throughput, long perSecond, long mib) {
        var limits = VolumePerformance.of(new VolumeShape(type, gib, iops, throughput));
        assertThat(limits.iops()).extracting(Rate::perSecond).isEqualTo(perSecond);
        assertThat(limits.bytes()).extracting(Rate::perSecond).isEqualTo(mib * MIB);
    }

    @Test
    void saveUpForBursts() {
        assertThat(limits(VolumeType.GP2, 8).iops()).isEqualTo(new Rate(100, new Burst(3_000, 1_800)));
        assertThat(limits(VolumeType.GP2, 1_000).iops()).isEqualTo(Rate.of(3_000));
        assertThat(limits(VolumeType.ST1, 1_024).bytes()).isEqualTo(new Rate(40 * MIB, new Burst(250 * MIB, 4_194)));
        assertThat(limits(VolumeType.ST1, 16_384).bytes()).isEqualTo(Rate.of(500 * MIB));
    }

    private static IoLimits limits(VolumeType type, int gib) {
        return VolumePerformance.of(new VolumeShape(type, gib, null, null));
    }

    /** Whatever EC2 takes of a volume has limits that can be put in force. */
    @Test
    void areThereForEachVolumeThatThereCanBe() {
        var random = new Random(1);
        for (var type : VolumeType.values()) {
            var allowed = VolumeLimits.of(type);
            Stream.of(
                            allowed.gib().least(),
                            allowed.gib().most(),
                            random.nextInt(allowed.gib().least(), allowed.gib().most()))
                    .forEach(gib -> {
                        var iops = allowed.iops();
                        var asked = iops == null ? null : iops.range().least();
                        var limits = VolumePerformance.of(new VolumeShape(type, gib, asked, null));
                        assertThat(limits.iops()).isNotNull();
                        assertThat(limits.bytes()).isNotNull();
                    });
        }
    }
}
