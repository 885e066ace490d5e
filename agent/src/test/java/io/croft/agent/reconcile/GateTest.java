package io.croft.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.boot.HostStart;
import io.croft.agent.ledger.Fence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {
    @TempDir
    Path folder;

    @Test
    void opensByTheControllersWordOrByLeaveButNeverBeforeAFence() throws IOException {
        var start = HostStart.of(folder, "a", new Random(1));
        var heard = new Fence(1, 1, start.id());
        var unheard = new Fence(1, 1, "before");
        assertThat(Gate.of(heard, start)).isEqualTo(Gate.OPEN);
        assertThat(Gate.of(unheard, start)).isEqualTo(Gate.UNHEARD);
        assertThat(Gate.of(new Fence(2, 1, start.id()), start)).isEqualTo(Gate.PASSING);
        Files.createFile(start.leave());
        assertThat(Gate.of(heard, start)).isEqualTo(Gate.OPEN);
        assertThat(Gate.of(unheard, start)).isEqualTo(Gate.ALONE);
        assertThat(Gate.of(new Fence(2, 1, "before"), start)).isEqualTo(Gate.PASSING);
        assertThat(Gate.UNHEARD.shut() && Gate.PASSING.shut()).isTrue();
        assertThat(Gate.OPEN.shut() || Gate.ALONE.shut()).isFalse();
    }
}
