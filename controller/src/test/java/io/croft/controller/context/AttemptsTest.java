package io.croft.controller.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private final Attempts attempts = new Attempts();

    @Test
    void everyStepIsTakenAndEveryFailureTold() {
        var taken = new ArrayList<String>();
        for (var step : List.of("good", "bad", "good too", "worse")) {
            attempts.make(() -> {
                taken.add(step);
                if (!step.startsWith("good")) {
                    throw new IllegalStateException(step);
                }
            });
        }
        assertThat(taken).containsExactly("good", "bad", "good too", "worse");
        assertThatThrownBy(attempts::tellFailure)
                .hasMessage("bad")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("worse"));
    }

    @Test
    void nothingIsToldWhenAllWentWell() {
        attempts.make(() -> {});
        attempts.tellFailure();
    }
}
