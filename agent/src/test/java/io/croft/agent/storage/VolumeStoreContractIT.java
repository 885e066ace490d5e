package io.croft.agent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.protocol.Failure;
import io.croft.protocol.Presence;
import io.croft.protocol.VolumeSpec;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.VolumeId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What every storage driver does. */
public abstract class VolumeStoreContractIT {
    private static final VolumeId ID = new VolumeId("vol-0123456789abcdef0");
    private static final long GIB = 1L << 30;

    /** A driver over the same volumes each time that it is called. */
    protected abstract VolumeStore open();

    /** A driver without room for a volume of a GiB. */
    protected abstract VolumeStore full();

    /** A whole image of at most 1 GiB. */
    protected abstract Path image();

    @Test
    void aVolumeIsMadeOnceAndFoundAgain() {
        var source = open().ensure(volume(GIB), image());
        assertThat(open().ensure(volume(GIB), image())).isEqualTo(source);
        assertThat(open().find(ID)).contains(source);
        assertThat(open().list()).containsExactly(ID);
    }

    @Test
    void itGrowsAndIsNeverShrunk() {
        open().ensure(volume(GIB), null);
        open().ensure(volume(2 * GIB), null);
        open().ensure(volume(GIB), null);
        assertThat(sizeOf(ID)).isEqualTo(2 * GIB);
        assertThat(open().find(ID)).map(StoredVolume::sizeBytes).contains(2 * GIB);
    }

    @Test
    void removedTwiceItIsGone() {
        open().ensure(volume(GIB), null);
        open().remove(ID);
        open().remove(ID);
        assertThat(open().find(ID)).isEmpty();
        assertThat(open().list()).isEmpty();
    }

    @Test
    void aFullStoreSaysSoAndMakesNothing() {
        assertThatThrownBy(() -> full().ensure(volume(GIB), null))
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

    public static VolumeSpec volume(long sizeBytes) {
        return new VolumeSpec(
                ID, new AccountId("123456789012"), Generation.FIRST, Presence.PRESENT, "file", sizeBytes, null);
    }
}
