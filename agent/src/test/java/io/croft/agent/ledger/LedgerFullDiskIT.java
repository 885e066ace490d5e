package io.croft.agent.ledger;

import static io.croft.agent.Documents.change;
import static io.croft.agent.Documents.full;
import static io.croft.agent.Documents.volume;
import static io.croft.protocol.Presence.ABSENT;
import static io.croft.protocol.Presence.PRESENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.exec.Exec;
import io.croft.types.Generation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger on a disk that runs full. Needs a lab host, for the mount. */
@Tag("real")
class LedgerFullDiskIT {
    @TempDir
    Path folder;

    @BeforeEach
    void mount() {
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder.toString());
    }

    @AfterEach
    void unmount() {
        run("umount", folder.toString());
    }

    @Test
    void aFullDiskTakesTombstonesAndNothingElse() throws IOException {
        LedgerState kept;
        try (var ledger = Ledger.open(folder)) {
            ledger.accept(full(1, volume(1, 1, PRESENT), volume(2, 1, PRESENT)));
            fill();
            assertThatThrownBy(() -> {
                        for (var generation = 2; generation < 1_000; generation++) {
                            ledger.accept(change(generation, volume(2, generation, PRESENT)));
                        }
                    })
                    .isInstanceOf(UncheckedIOException.class);
            ledger.accept(change(1_000, volume(1, 2, ABSENT)));
            kept = ledger.state();
        }
        try (var ledger = Ledger.open(folder)) {
            assertThat(ledger.state()).isEqualTo(kept);
            for (var generation = 3; generation < 1_000; generation++) {
                ledger.accept(change(generation + 1_000, volume(1, generation, ABSENT)));
            }
            ledger.settle(List.of(new Settlement(volume(1, 1, ABSENT).key(), new Generation(999))));
            assertThat(ledger.state().documents()).hasSize(1);
            Files.delete(folder.resolve("others"));
            ledger.accept(change(3_000, volume(3, 1, PRESENT)));
        }
        try (var ledger = Ledger.open(folder)) {
            assertThat(ledger.state().documents().values()).hasSize(2).contains(volume(3, 1, PRESENT));
        }
    }

    private void fill() {
        assertThatThrownBy(() -> {
                    var block = new byte[4096];
                    try (var others = Files.newOutputStream(
                            folder.resolve("others"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                        while (true) {
                            others.write(block);
                        }
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private static void run(String... argv) {
        Exec.run(List.of(argv), Duration.ofSeconds(10)).orThrow();
    }
}
