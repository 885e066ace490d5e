package io.croft.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void percentilesAreMeasurementsByNearestRank() {
        Sample sample = new Sample(
                IntStream.rangeClosed(1, 20).mapToObj(i -> (double) (21 - i)).toList());
        assertThat(sample.percentile(0.5)).isEqualTo(10);
        assertThat(sample.percentile(0.95)).isEqualTo(19);
        assertThat(sample.percentile(1)).isEqualTo(20);
        assertThat(new Sample(List.of(7.0)).percentile(0.5)).isEqualTo(7);
    }

    @Test
    void nothingMeasuredIsRefused() {
        assertThatThrownBy(() -> new Sample(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
