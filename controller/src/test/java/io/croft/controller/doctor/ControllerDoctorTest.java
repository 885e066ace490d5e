package io.croft.controller.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.context.Finding;
import io.croft.controller.context.Finding.Level;
import io.croft.controller.context.SelfCheck;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControllerDoctorTest {
    @Test
    void whatCannotBeLookedAtFailsAndTheOthersAreLookedAt() {
        SelfCheck broken = () -> {
            throw new IllegalStateException("no database");
        };
        var findings = new ControllerDoctor(List.of(broken, () -> List.of(Finding.ok("rest", "well")))).examine();
        assertThat(findings).extracting(Finding::level).containsExactly(Level.FAIL, Level.OK);
        assertThat(findings.getFirst().detail()).contains("no database");
    }

    @Test
    void aDiskThatRunsFullIsSeen() {
        assertThat(List.of(DiskSpace.judge("d", 20, 100, "room"), DiskSpace.judge("d", 10, 100, "room")))
                .extracting(Finding::level)
                .containsExactly(Level.OK, Level.WARN);
        assertThat(DiskSpace.judge("d", 4, 100, "room").level()).isEqualTo(Level.FAIL);
        assertThat(DiskSpace.judge("d", 0, 0, "room").level()).isEqualTo(Level.FAIL);
    }
}
