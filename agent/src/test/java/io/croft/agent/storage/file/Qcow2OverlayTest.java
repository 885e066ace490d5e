package io.croft.agent.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.storage.DiskSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What QEMU makes of it is in {@link FileVolumeStoreContractIT}. */
class Qcow2OverlayTest {
    @TempDir
    private Path folder;

    @Test
    void itSaysItsSizeInWholeSectorsAndWhatIsBelow() throws IOException {
        var file = folder.resolve("disk.qcow2");
        Qcow2Overlay.write(
                file, 1025, new Qcow2Overlay.Backing(Path.of("/var/lib/im\u00e4ge.base"), DiskSource.Format.RAW));
        assertThat(Qcow2Header.read(file)).isEqualTo(new Qcow2Header(1536, "/var/lib/im\u00e4ge.base"));
        assertThat(Files.size(file)).isEqualTo(4 * 65536);
        Qcow2Overlay.write(file, 1L << 30, null);
        assertThat(Qcow2Header.read(file)).isEqualTo(new Qcow2Header(1L << 30, null));
    }

    @Test
    void whatTheFormatHasNoRoomForIsRefused() {
        var file = folder.resolve("disk.qcow2");
        assertThatThrownBy(() -> Qcow2Overlay.write(
                        file, 1, new Qcow2Overlay.Backing(Path.of("/" + "x".repeat(1023)), DiskSource.Format.QCOW2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Qcow2Overlay.write(file, 1L << 59, null)).isInstanceOf(IllegalArgumentException.class);
        assertThat(file).doesNotExist();
    }
}
