package io.croft.controller.restedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.context.CloudException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagMatchTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            *               | true
            "a"             | true
            "b", "a"        | true
            "b"             | false
            W/"a"           | false
            """)
    void comparesStrongly(String header, boolean holds) {
        assertThat(EntityTagMatch.parse(header).holds("\"a\"")).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\"a", "\"a\" \"b\"", "\"a\",", "*, \"a\""})
    void refusesWhatIsNoTag(String header) {
        assertThatThrownBy(() -> EntityTagMatch.parse(header)).isInstanceOf(CloudException.class);
    }
}
