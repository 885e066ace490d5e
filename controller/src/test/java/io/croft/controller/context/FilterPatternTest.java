package io.croft.controller.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterPatternTest {
    @ParameterizedTest
    @CsvSource({
        "web, false, web, web",
        "web*, true, web*, web%",
        "?b, true, ?b, _b",
        "a\\*b, false, a*b, a*b",
        "50%_, false, 50%_, 50\\%\\_",
        "a\\\\*, true, a\\*, a\\\\%",
    })
    void readsAsEc2Does(String value, boolean wild, String literal, String like) {
        assertThat(FilterPattern.wild(value)).isEqualTo(wild);
        assertThat(FilterPattern.like(value)).isEqualTo(like);
        if (!wild) {
            assertThat(FilterPattern.literal(value)).isEqualTo(literal);
        }
    }

    @Test
    void anEscapedTextStandsForItself() {
        var seed = System.nanoTime();
        System.out.println("FilterPatternTest seed " + seed);
        var random = new Random(seed);
        for (var i = 0; i < 1000; i++) {
            var text = random.ints(random.nextInt(8), 0, 6)
                    .collect(StringBuilder::new, (b, c) -> b.append("a*?\\%_".charAt(c)), StringBuilder::append)
                    .toString();
            var escaped = FilterPattern.escape(text);
            assertThat(FilterPattern.wild(escaped)).as(text).isFalse();
            assertThat(FilterPattern.literal(escaped)).isEqualTo(text);
        }
    }
}
