package io.croft.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MachineTest {
    @Test
    void memoryIsReadInBytes() {
        assertThat(Machine.memory("MemFree: 1 kB\nMemTotal:       16316412 kB\n"))
                .isEqualTo(16_316_412L * 1024);
        assertThatThrownBy(() -> Machine.memory("MemFree: 1 kB")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void thisMachineHasABootId() throws IOException {
        assertThat(Machine.read().bootId()).matches("[0-9a-f-]{36}");
    }
}
