package io.croft.agent.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.storage.StorageException;
import io.croft.agent.storage.StoredVolume;
import io.croft.agent.storage.VolumeStoreContractIT;
import io.croft.protocol.Failure;
import io.croft.types.VolumeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileVolumeStoreTest {
    private static final VolumeId ID = new VolumeId("vol-0123456789abcdef0");

    @TempDir
    private Path folder;

    @Test
    void aRemovalCutInHalfIsEndedByTheNext() throws IOException {
        var store = new FileVolumeStore(folder, 0);
        var volume = Files.createFile(folder.resolve(ID + ".qcow2"));
        var obstacle = Files.createFile(
                Files.createDirectory(folder.resolve(ID + ".base")).resolve("obstacle"));
        assertThatThrownBy(() -> store.remove(ID)).isInstanceOf(StorageException.class);
        assertThat(volume).doesNotExist();

        Files.delete(obstacle);
        store.remove(ID);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void oneThatCannotBeReadHidesNoOther() throws IOException {
        var store = new FileVolumeStore(folder, 0);
        Files.createFile(folder.resolve(ID + ".qcow2"));
        assertThat(store.list()).containsOnlyKeys(ID);
        assertThat(store.find(ID)).map(StoredVolume::sizeBytes).contains(0L);
        assertThatThrownBy(() -> store.ensure(VolumeStoreContractIT.volume(1), VolumeStoreContractIT.NONE))
                .isInstanceOf(StorageException.class);
    }

    @Test
    void aVolumeDoesNotGrowOnAFullDisk() {
        new FileVolumeStore(folder, 0).ensure(VolumeStoreContractIT.volume(1 << 20), VolumeStoreContractIT.NONE);
        var full = new FileVolumeStore(folder, Long.MAX_VALUE);
        assertThat(full.ensure(VolumeStoreContractIT.volume(1 << 20), VolumeStoreContractIT.NONE)
                        .sizeBytes())
                .isEqualTo(1 << 20);
        assertThatThrownBy(() -> full.ensure(VolumeStoreContractIT.volume(2 << 20), VolumeStoreContractIT.NONE))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(Failure.Code.DISK_FULL));
    }

    /** On another file system than the image, which is copied. */
    @Test
    void aCopyThatDoesNotFitIsNotBegun() throws IOException {
        var image = Files.write(folder.resolve("image"), filled(64 << 20));
        var elsewhere = Files.createTempDirectory(Path.of("/dev/shm"), "volumes");
        try {
            var reserve = Files.getFileStore(elsewhere).getUsableSpace() - (32 << 20);
            var store = new FileVolumeStore(elsewhere, reserve);
            store.ensure(VolumeStoreContractIT.volume(1 << 20), VolumeStoreContractIT.NONE);
            store.remove(ID);
            assertThatThrownBy(() -> store.ensure(VolumeStoreContractIT.imaged(128 << 20), () -> image))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            e -> assertThat(e.failure().code()).isEqualTo(Failure.Code.DISK_FULL));
            assertThat(elsewhere).isEmptyDirectory();
        } finally {
            Files.delete(elsewhere);
        }
    }

    private static byte[] filled(int bytes) {
        var content = new byte[bytes];
        Arrays.fill(content, (byte) 7);
        return content;
    }

    /** The memory of whoever reads it cannot be read from its beginning. */
    @Test
    void aCopyThatFailsLeavesNothing() {
        var store = new FileVolumeStore(folder, 0);
        assertThatThrownBy(() -> store.ensure(VolumeStoreContractIT.imaged(1 << 20), () -> Path.of("/proc/self/mem")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot copy");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatAFailedCreationLeftGoesWithTheVolume() throws IOException {
        var store = new FileVolumeStore(folder, 0);
        Files.createFile(folder.resolve(ID + ".base"));
        Files.createFile(folder.resolve(ID + ".new"));
        store.remove(ID);
        assertThat(folder).isEmptyDirectory();
    }
}
