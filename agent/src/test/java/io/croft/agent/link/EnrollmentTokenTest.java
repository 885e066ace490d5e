package io.croft.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EnrollmentTokenTest {
    @Test
    void aTokenIsReadWithTheLineEndThatAnEditorLeaves() {
        assertThat(EnrollmentToken.parse("croft1.aB-_9." + "0f".repeat(32) + "\n"))
                .isEqualTo(new EnrollmentToken("aB-_9", "0f".repeat(32)));
    }

    @Test
    void anythingElseIsRefusedWithoutBeingRepeated() {
        for (var text : new String[] {"", "secret", "croft1.s.00", "croft2.s." + "0f".repeat(32)}) {
            assertThatThrownBy(() -> EnrollmentToken.parse(text))
                    .isInstanceOf(LinkException.class)
                    .hasMessageNotContaining("secret");
        }
    }
}
