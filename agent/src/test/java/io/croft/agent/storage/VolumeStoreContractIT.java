package io.croft.agent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.protocol.Failure;
import io.croft.protocol.Presence;
import io.croft.protocol.VolumeSpec;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.Generation;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every storage driver does. */
public abstract class VolumeStoreContractIT {
    protected static final VolumeId ID = new VolumeId("vol-0123456789abcdef0");
    protected static final long GIB = 1L << 30;
    /** No image is to be asked for. */
    public static final Supplier<Path> NONE = () -> {
        throw new AssertionError("an image was asked for");
    };

    private static final VolumeId OTHER = new VolumeId("vol-0123456789abcdef1");
    private static final SnapshotId FIRST = new SnapshotId("snap-0123456789abcdef0");
    private static final SnapshotId SECOND = new SnapshotId("snap-0123456789abcdef1");
    private static final SnapshotId THIRD = new SnapshotId("snap-0123456789abcdef2");
    private static final long MIB = 1L << 20;
    private static final long SMALL = 64 * MIB;
    private static final int PIECE = 64 * 1024;

    /** A driver over the same volumes each time that it is called. */
    protected abstract VolumeStore open();

    /** A driver without room for a volume of a GiB. */
    protected abstract VolumeStore full();

    /** A whole image of at most 1 GiB. */
    protected abstract Path image();

    @Test
    void aVolumeIsMadeOnceAndFoundAgain() {
        var source = open().ensure(imaged(GIB), this::image);
        assertThat(open().ensure(imaged(GIB), NONE)).isEqualTo(source);
        assertThat(open().find(ID)).contains(source);
        assertThat(open().list()).containsExactly(Map.entry(ID, source));
    }

    @Test
    void itGrowsAndIsNeverShrunk() {
        open().ensure(volume(GIB), NONE);
        open().ensure(volume(2 * GIB), NONE);
        open().ensure(volume(GIB), NONE);
        assertThat(sizeOf(ID)).isEqualTo(2 * GIB);
        assertThat(open().find(ID)).map(StoredVolume::sizeBytes).contains(2 * GIB);
    }

    @Test
    void removedTwiceItIsGone() {
        open().ensure(volume(GIB), NONE);
        open().remove(ID);
        open().remove(ID);
        assertThat(open().find(ID)).isEmpty();
        assertThat(open().list()).isEmpty();
    }

    @Test
    void aSnapshotKeepsWhatTheVolumeHeldThen() {
        open().ensure(volume(GIB), NONE);
        write(ID, 64 * MIB, (byte) 1);
        open().snapshot(Map.of(ID, FIRST));
        open().snapshot(Map.of(ID, FIRST));
        write(ID, 64 * MIB, (byte) 2);
        write(ID, 900 * MIB, (byte) 3);
        open().snapshot(Map.of(ID, SECOND));
        open().ensure(volume(2 * GIB), NONE);
        write(ID, 64 * MIB, (byte) 4);

        assertThat(open().snapshots()).isEqualTo(Map.of(ID, Set.of(FIRST, SECOND)));
        assertThat(read(FIRST)).isEqualTo(Map.of(64L, (byte) 1));
        assertThat(read(SECOND)).isEqualTo(Map.of(64L, (byte) 2, 900L, (byte) 3));

        open().drop(ID, FIRST);
        open().drop(ID, FIRST);
        assertThat(open().snapshots()).isEqualTo(Map.of(ID, Set.of(SECOND)));
        assertThat(read(SECOND)).isEqualTo(Map.of(64L, (byte) 2, 900L, (byte) 3));
    }

    @Test
    void snapshotsGoWithTheirVolume() {
        open().ensure(volume(GIB), NONE);
        open().snapshot(Map.of(ID, FIRST));
        open().remove(ID);
        assertThat(open().snapshots()).isEmpty();
        open().drop(ID, FIRST);
        open().ensure(volume(GIB), NONE);
        assertThat(open().snapshots()).isEqualTo(Map.of(ID, Set.of()));
        assertThatThrownBy(() -> open().open(ID, FIRST)).isInstanceOf(StorageException.class);
    }

    @Test
    void aVolumeOfASnapshotStartsWithItsBytes(@TempDir Path folder) throws IOException {
        var file = folder.resolve("origin.raw");
        raw(file, Map.of(0L, (byte) 1, 16L, (byte) 2, 63L, (byte) 3));
        var source = open().ensure(filled(ID, 2 * SMALL), () -> file);
        var again = folder.resolve("again.raw");
        raw(again, Map.of(5L, (byte) 5));
        assertThat(open().ensure(filled(ID, 2 * SMALL), () -> again)).isEqualTo(source);
        open().ensure(filled(OTHER, SMALL), () -> file);
        Files.delete(file);
        assertThat(sizes()).isEqualTo(Map.of(ID, 2 * SMALL, OTHER, SMALL));

        open().snapshot(Map.of(ID, FIRST));
        write(ID, 16 * MIB, (byte) 4);
        write(ID, 100 * MIB, (byte) 5);
        open().snapshot(Map.of(ID, SECOND, OTHER, THIRD));
        assertThat(read(FIRST)).isEqualTo(Map.of(0L, (byte) 1, 16L, (byte) 2, 63L, (byte) 3));
        assertThat(read(SECOND)).isEqualTo(Map.of(0L, (byte) 1, 16L, (byte) 4, 63L, (byte) 3, 100L, (byte) 5));
        assertThat(read(OTHER, THIRD)).isEqualTo(Map.of(0L, (byte) 1, 16L, (byte) 2, 63L, (byte) 3));

        open().remove(ID);
        assertThat(read(OTHER, THIRD)).isEqualTo(Map.of(0L, (byte) 1, 16L, (byte) 2, 63L, (byte) 3));
        open().remove(OTHER);
        assertThat(open().list()).isEmpty();
    }

    @Test
    void aVolumeWhoseSnapshotCannotBeHadIsNotMade() {
        var gone = new StorageException(new Failure(Failure.Code.BLOB_CORRUPT, "damaged", false), null);
        assertThatThrownBy(() -> open().ensure(filled(ID, GIB), () -> {
                    throw gone;
                }))
                .isSameAs(gone);
        assertThat(open().list()).isEmpty();
        assertThat(open().find(ID)).isEmpty();
    }

    private Map<VolumeId, Long> sizes() {
        return open().list().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, v -> v.getValue().sizeBytes()));
    }

    /** A sparse file that has a byte over and over in some MiB, each for 64 KiB. */
    private static void raw(Path file, Map<Long, Byte> content) throws IOException {
        try (var raw = new RandomAccessFile(file.toFile(), "rw")) {
            raw.setLength(SMALL);
            for (var piece : content.entrySet()) {
                var bytes = new byte[PIECE];
                Arrays.fill(bytes, piece.getValue());
                raw.seek(piece.getKey() * MIB);
                raw.write(bytes);
            }
        }
    }

    private Map<Long, Byte> read(SnapshotId snapshot) {
        return read(ID, snapshot);
    }

    /** Where a snapshot is not all zeros, in MiB, and what it has there. */
    private Map<Long, Byte> read(VolumeId volume, SnapshotId snapshot) {
        var found = new TreeMap<Long, Byte>();
        try (var reader = open().open(volume, snapshot)) {
            for (var piece = reader.data(0); piece.isPresent(); ) {
                for (var at = piece.get().offset(); at < piece.get().end(); ) {
                    var bytes = ByteBuffer.allocate(
                            (int) Math.min(PIECE, piece.get().end() - at));
                    reader.read(at, bytes);
                    for (var value : bytes.array()) {
                        if (value != 0) {
                            assertThat(found.merge(at / MIB, value, (old, now) -> now.equals(old) ? now : 99))
                                    .isNotEqualTo((byte) 99);
                        }
                    }
                    at += bytes.capacity();
                }
                piece = piece.get().end() < reader.size()
                        ? reader.data(piece.get().end())
                        : Optional.empty();
            }
            var behind = ByteBuffer.allocate(PIECE);
            reader.read(reader.size() - PIECE, behind);
            assertThat(behind.array()).containsOnly(0);
        }
        return found;
    }

    @Test
    void aFullStoreSaysSoAndMakesNothing() {
        assertThatThrownBy(() -> full().ensure(volume(GIB), NONE))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.failure().code()).isEqualTo(Failure.Code.DISK_FULL));
        assertThat(full().list()).isEmpty();
    }

    @Test
    void theCapacityAddsUp() {
        var capacity = open().capacity();
        assertThat(capacity.backend()).isEqualTo(open().backend());
        assertThat(capacity.freeBytes()).isBetween(0L, capacity.totalBytes());
    }

    /** Writes 64 KiB of {@code value} at {@code offset}, as a guest would that has flushed them. */
    protected abstract void write(VolumeId id, long offset, byte value);

    /** The volume's size as a guest would see it. */
    protected abstract long sizeOf(VolumeId id);

    /** An empty volume. */
    public static VolumeSpec volume(long sizeBytes) {
        return volume(sizeBytes, null);
    }

    /** A volume that starts as a copy of an image. */
    public static VolumeSpec imaged(long sizeBytes) {
        return volume(sizeBytes, new Digest("1".repeat(64)));
    }

    /** A volume that starts with a snapshot's bytes. */
    private static VolumeSpec filled(VolumeId id, long sizeBytes) {
        return new VolumeSpec(
                id,
                new AccountId("123456789012"),
                Generation.FIRST,
                Presence.PRESENT,
                "file",
                sizeBytes,
                null,
                null,
                new SnapshotId("snap-0fedcba9876543210"));
    }

    private static VolumeSpec volume(long sizeBytes, @Nullable Digest image) {
        return new VolumeSpec(
                ID, new AccountId("123456789012"), Generation.FIRST, Presence.PRESENT, "file", sizeBytes, image);
    }
}
