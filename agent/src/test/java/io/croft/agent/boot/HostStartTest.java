package io.croft.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostStartTest {
    private final Random random = new Random(1);

    @TempDir
    Path folder;

    @Test
    void isTheSameUntilTheKernelOrWhatLivesWithItIsAnother() throws IOException {
        var first = start("a");
        assertThat(start("a")).isEqualTo(first);
        assertThat(start("b")).isNotEqualTo(first);
        Files.delete(folder.resolve("started"));
        assertThat(start("a")).isNotEqualTo(first);
    }

    @Test
    void theLeaveIsAFileThatTheControllersWordUsesUp() throws IOException {
        var start = HostStart.of(folder, "a", random);
        assertThat(start.isLeft()).isFalse();
        start.takeBack();
        Files.createFile(folder.resolve("start-alone"));
        assertThat(start.isLeft()).isTrue();
        start.takeBack();
        assertThat(start.isLeft()).isFalse();
        assertThat(start.leave()).doesNotExist();
    }

    private String start(String bootId) throws IOException {
        return HostStart.of(folder, bootId, random).id();
    }
}
