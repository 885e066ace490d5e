package io.croft.controller.compute.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationIdTest {
    private static final String INSTANCE = "i-0123456789abcdef0";
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00.123456789Z");

    @ParameterizedTest
    @EnumSource(value = OperationKind.class, names = "LAUNCH", mode = EnumSource.Mode.EXCLUDE)
    void isReadAsItWasWritten(OperationKind kind) {
        var id = OperationId.of(kind, INSTANCE, AT);
        assertThat(OperationId.parse(id.text())).contains(id);
        assertThat(id.started()).isEqualTo(Instant.parse("2026-11-21T08:00:00.123456Z"));
    }

    @Test
    void namesALaunchByItsReservation() {
        var id = OperationId.ofLaunch("r-0123456789abcdef0");
        assertThat(id.text()).isEqualTo("op-launch-r-0123456789abcdef0");
        assertThat(OperationId.parse(id.text())).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "op",
                "op-launch-i-0123456789abcdef0",
                "op-stop-i-0123456789abcdef0",
                "op-stop-i-0123456789abcdef0-",
                "op-stop-i-0123456789abcdef0-ffffffffffffffff",
                "op-reboot-i-0123456789abcdef0-1",
                "op-stop-i-0123456789ABCDEF0-1"
            })
    void refusesWhatIsNone(String text) {
        assertThat(OperationId.parse(text)).isEmpty();
    }
}
