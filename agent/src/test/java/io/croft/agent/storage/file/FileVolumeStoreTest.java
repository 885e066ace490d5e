package io.croft.agent.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.storage.StorageException;
import io.croft.types.VolumeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void whatAFailedCreationLeftGoesWithTheVolume() throws IOException {
        var store = new FileVolumeStore(folder, 0);
        Files.createFile(folder.resolve(ID + ".base"));
        Files.createFile(folder.resolve(ID + ".new"));
        store.remove(ID);
        assertThat(folder).isEmptyDirectory();
    }
}
