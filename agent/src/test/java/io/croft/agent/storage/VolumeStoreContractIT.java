package io.croft.agent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.protocol.Failure;
import io.croft.protocol.Presence;
import io.croft.protocol.VolumeSpec;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.Generation;
import io.croft.types.VolumeId;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every storage driver does. */
public abstract class VolumeStoreContractIT {
    protected static final VolumeId ID = new VolumeId("vol-0123456789abcdef0");
    protected static final long GIB = 1L << 30;
    /** No image is to be asked for. */
    public static final Supplier<Path> NONE = () -> {
        throw new AssertionError("an image was asked for");
    };

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

    private static VolumeSpec volume(long sizeBytes, @Nullable Digest image) {
        return new VolumeSpec(
                ID, new AccountId("123456789012"), Generation.FIRST, Presence.PRESENT, "file", sizeBytes, image);
    }
}
