package io.croft.agent.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.storage.StorageException;
import io.croft.protocol.BlockNames;
import io.croft.protocol.Failure;
import io.croft.protocol.SnapshotOrigin;
import io.croft.protocol.SnapshotPage;
import io.croft.types.SnapshotId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSnapshotCacheTest {
    private static final SnapshotId ID = new SnapshotId("snap-0123456789abcdef0");
    private static final int BLOCK = SnapshotPage.BLOCK;
    private static final int BLOCKS = 5000;

    @TempDir
    private Path folder;

    private final Store store = new Store();

    /** A snapshot of 2500 MiB, whose blocks are each one byte over and over; every page lists two blocks. */
    private static final class Store implements SnapshotSource {
        private final String key = Base64.getEncoder().encodeToString(new byte[32]);
        private final TreeMap<Integer, Integer> content = new TreeMap<>();
        private final List<Integer> asked = new ArrayList<>();
        private int lost = -1;
        private int cut = -1;
        private int spoilt = -1;
        private boolean unlisted;

        @Override
        public Optional<SnapshotOrigin> origin(SnapshotId id) {
            return unlisted
                    ? Optional.empty()
                    : Optional.of(new SnapshotOrigin((long) BLOCKS * BLOCK, content.size(), key));
        }

        @Override
        public Optional<SnapshotPage> page(SnapshotId id, int from) {
            var listed = content.tailMap(from).headMap(Math.min(BLOCKS, from + SnapshotPage.LONGEST_PART));
            var names = new BlockNames(key);
            var blocks = listed.entrySet().stream()
                    .limit(2)
                    .map(b -> new SnapshotPage.Block(b.getKey(), names.of(ByteBuffer.wrap(bytesOf(b.getValue())))))
                    .toList();
            var end = blocks.size() < listed.size()
                    ? blocks.getLast().index() + 1
                    : Math.min(BLOCKS, from + SnapshotPage.LONGEST_PART);
            return Optional.of(new SnapshotPage(from, end, blocks));
        }

        @Override
        public Optional<byte[]> block(SnapshotId id, int index) throws IOException {
            asked.add(index);
            if (index == cut) {
                throw new IOException("the line is cut");
            }
            if (index == lost) {
                return Optional.empty();
            }
            var value = Objects.requireNonNull(content.get(index));
            return Optional.of(bytesOf(index == spoilt ? value + 1 : value));
        }
    }

    private static byte[] bytesOf(int value) {
        var bytes = new byte[BLOCK];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private FileSnapshotCache cache(long reserve) {
        return new FileSnapshotCache(new CacheFolder(folder, reserve, InstantSource.system()), store);
    }

    private void fill(int... indexes) {
        for (var index : indexes) {
            store.content.put(index, 1 + index % 100);
        }
    }

    private void assertWhole(Path file) throws IOException {
        assertThat(Files.size(file)).isEqualTo((long) BLOCKS * BLOCK);
        try (var raw = new RandomAccessFile(file.toFile(), "r")) {
            var bytes = new byte[BLOCK];
            for (var index = 0; index < BLOCKS; index += index == 10 ? 4000 : 1) {
                raw.seek((long) index * BLOCK);
                raw.readFully(bytes);
                var value = store.content.getOrDefault(index, 0);
                assertThat(bytes).as("block " + index).isEqualTo(bytesOf(value));
            }
        }
    }

    @Test
    void itIsFetchedOnceAndSparse() throws IOException {
        fill(0, 2, 3, 4095, 4096, 4999);
        var file = cache(0).require(ID);
        assertWhole(file);
        assertThat(file).hasFileName(ID + ".raw");
        assertThat(cache(0).require(ID)).isEqualTo(file);
        assertThat(store.asked).containsExactly(0, 2, 3, 4095, 4096, 4999);
        assertThat(folder.toFile().list()).containsExactly(ID + ".raw");
    }

    @Test
    void oneOfZerosIsZeros() throws IOException {
        assertWhole(cache(0).require(ID));
        assertThat(store.asked).isEmpty();
    }

    @Test
    void aFetchThatWasCutGoesOnAndWhatWasSpoiltSinceComesAgain() throws IOException {
        fill(0, 2, 3, 4, 4999);
        store.cut = 4;
        assertFailure(Failure.Code.STORAGE, true);
        try (var part = new RandomAccessFile(folder.resolve(ID + ".part").toFile(), "rw")) {
            part.seek(2L * BLOCK + 17);
            part.write(99);
        }
        store.cut = -1;
        store.asked.clear();
        assertWhole(cache(0).require(ID));
        assertThat(store.asked).containsExactly(2, 4, 4999);
    }

    @Test
    void whatComesOtherwiseThanItIsIsNeverWritten() throws IOException {
        fill(0, 1);
        store.spoilt = 1;
        assertFailure(Failure.Code.STORAGE, true);
        assertThat(Files.size(folder.resolve(ID + ".part"))).isEqualTo(BLOCK);
        store.spoilt = -1;
        assertWhole(cache(0).require(ID));
    }

    @Test
    void whatTheStoreHasLostIsNamed() {
        fill(0, 1);
        store.lost = 1;
        assertFailure(Failure.Code.BLOB_CORRUPT, false);
        store.unlisted = true;
        assertFailure(Failure.Code.BLOB_CORRUPT, false);
        assertThat(folder.resolve(ID + ".raw")).doesNotExist();
    }

    @Test
    void withoutRoomNothingIsFetched() throws IOException {
        fill(0, 1);
        assertThatThrownBy(
                        () -> cache(Files.getFileStore(folder).getTotalSpace()).require(ID))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(Failure.Code.DISK_FULL));
        assertThat(store.asked).isEmpty();
    }

    private void assertFailure(Failure.Code code, boolean retryable) {
        assertThatThrownBy(() -> cache(0).require(ID))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.failure())
                                .returns(code, Failure::code)
                                .returns(retryable, Failure::retryable));
    }
}
