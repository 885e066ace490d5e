package io.croft.controller.blockstorage.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeShapeTest {
    private static VolumeShape shape(String type, int sizeGib, @Nullable Integer iops, @Nullable Integer throughput) {
        return new VolumeShape(VolumeType.named(type), sizeGib, iops, throughput);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gp2      | 1     |        |
                    gp2      | 16384 |        |
                    gp3      | 1     | 3000   |
                    gp3      | 8     | 4000   | 1000
                    gp3      | 65536 | 80000  | 2000
                    gp3      | 1     |        | 750
                    io1      | 4     | 200    |
                    io1      | 16384 | 64000  |
                    io2      | 4     | 100    |
                    io2      | 65536 | 256000 |
                    standard | 1024  |        |
                    """)
    void taken(String type, int sizeGib, @Nullable Integer iops, @Nullable Integer throughput) {
        assertThatCode(shape(type, sizeGib, iops, throughput)::checkRoot).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    io1      | 8     |        |      | The parameter iops must be specified for io1 volumes.
                    io2      | 8     |        |      | The parameter iops must be specified for io2 volumes.
                    gp2      | 8     | 100    |      | The parameter iops is not supported for gp2 volumes.
                    standard | 8     | 100    |      | The parameter iops is not supported for standard volumes.
                    io1      | 8     | 100    | 125  | The throughput parameter is not supported for io1 volumes.
                    gp2      | 8     |        | 125  | The throughput parameter is not supported for gp2 volumes.
                    st1      | 125   |        |      | The volume type st1 is not compatible with root volumes.
                    sc1      | 125   |        |      | The volume type sc1 is not compatible with root volumes.
                    """)
    void partsThatTheTypeDoesNotHave(
            String type, int sizeGib, @Nullable Integer iops, @Nullable Integer throughput, String sentence) {
        refused(ErrorCode.INVALID_PARAMETER_COMBINATION, shape(type, sizeGib, iops, throughput), sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gp3      | 8     | 2999   |      | Volume iops of 2999 is too low; minimum is 3000.
                    gp3      | 200   | 80001  |      | Volume iops of 80001 is too high; maximum is 80000.
                    io1      | 8     | 99     |      | Volume iops of 99 is too low; minimum is 100.
                    io1      | 16384 | 64001  |      | Volume iops of 64001 is too high; maximum is 64000.
                    io2      | 8     | -1     |      | Volume iops of -1 is too low; minimum is 100.
                    gp3      | 20    | 15000  |      | Iops to volume size ratio of 750.000000 is too high; maximum is 500
                    io1      | 4     | 201    |      | Iops to volume size ratio of 50.250000 is too high; maximum is 50
                    io2      | 4     | 4001   |      | Iops to volume size ratio of 1000.250000 is too high; maximum is 1000
                    gp3      | 8     |        | 124  | Volume throughput of 124 is too low; minimum is 125.
                    gp3      | 100   | 16000  | 2001 | Volume throughput of 2001 is too high; maximum is 2000.
                    gp3      | 8     |        | 1000 | Throughput (MiBps) to iops ratio of 0.333333 is too high; maximum is 0.250000 MiBps per iops
                    standard | 1025  |        |      | Volume of 1025GiB is too large for volume type standard; maximum is 1024GiB
                    gp2      | 16385 |        |      | Volume of 16385GiB is too large for volume type gp2; maximum is 16384GiB
                    io1      | 3     | 100    |      | The volume size is invalid for io1 volumes: 3 GiB. io1 volumes must be at least 4 GiB in size. Please specify a volume size above the minimum limit.
                    """)
    void tooLittleOrTooMuch(
            String type, int sizeGib, @Nullable Integer iops, @Nullable Integer throughput, String sentence) {
        refused(ErrorCode.INVALID_PARAMETER_VALUE, shape(type, sizeGib, iops, throughput), sentence);
    }

    private static void refused(ErrorCode code, VolumeShape shape, String sentence) {
        assertThatThrownBy(shape::checkRoot)
                .hasMessage(sentence)
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    gp2      | 8    |      |     | 100   |
                    gp2      | 100  |      |     | 300   |
                    gp2      | 9000 |      |     | 16000 |
                    gp3      | 8    |      |     | 3000  | 125
                    gp3      | 8    | 4000 | 500 | 4000  | 500
                    io1      | 8    | 400  |     | 400   |
                    standard | 8    |      |     |       |
                    """)
    void isShownWithWhatItsTypeGives(
            String type,
            int sizeGib,
            @Nullable Integer iops,
            @Nullable Integer throughput,
            @Nullable Integer shownIops,
            @Nullable Integer shownThroughput) {
        var shape = shape(type, sizeGib, iops, throughput);
        assertThat(shape.provisionedIops()).isEqualTo(shownIops);
        assertThat(shape.provisionedThroughput()).isEqualTo(shownThroughput);
    }

    @Test
    void anUnknownTypeIsRefused() {
        assertThatThrownBy(() -> VolumeType.named("floppy"))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
    }
}
