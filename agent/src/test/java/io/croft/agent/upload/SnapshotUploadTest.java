package io.croft.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.faults.Faults;
import io.croft.agent.storage.StorageException;
import io.croft.agent.storage.VolumeStoreContractIT;
import io.croft.agent.storage.sim.SimVolumeStore;
import io.croft.protocol.Presence;
import io.croft.protocol.SnapshotPage;
import io.croft.protocol.SnapshotSpec;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotUploadTest {
    private static final VolumeId VOLUME = new VolumeId("vol-0123456789abcdef0");
    private static final SnapshotId FIRST = new SnapshotId("snap-0123456789abcdef0");
    private static final SnapshotId SECOND = new SnapshotId("snap-0123456789abcdef1");
    private static final int BLOCK = SnapshotPage.BLOCK;
    private static final int PIECE = 64 * 1024;
    private static final long SIZE = 10L << 30;

    private final SimVolumeStore store = new SimVolumeStore(1L << 40, new Faults());
    private final MemorySink sink = new MemorySink();

    private void write(int block, int value) {
        for (var at = 0; at < BLOCK; at += PIECE) {
            var bytes = new byte[PIECE];
            Arrays.fill(bytes, (byte) value);
            store.write(VOLUME, (long) block * BLOCK + at, bytes);
        }
    }

    private static SnapshotSpec spec(SnapshotId id) {
        return new SnapshotSpec(
                id,
                new AccountId("123456789012"),
                Generation.FIRST,
                Presence.PRESENT,
                VOLUME,
                "file",
                SIZE,
                List.of(id),
                true);
    }

    private Optional<UploadPosition> send(SnapshotId id) {
        try (var reader = store.open(VOLUME, id)) {
            return new SnapshotUpload(spec(id), reader, sink).advance(UploadPosition.START);
        }
    }

    private void take(SnapshotId id) {
        store.ensure(VolumeStoreContractIT.volume(SIZE), VolumeStoreContractIT.NONE);
        store.snapshot(Map.of(VOLUME, id));
    }

    /** Of 10 GiB with 50 blocks the holes cost nothing, the next unchanged nothing but names, and one with a hundredth changed little more than that. */
    @Test
    void onlyWhatIsNotThereGoesOverTheLine() {
        store.ensure(VolumeStoreContractIT.volume(SIZE), VolumeStoreContractIT.NONE);
        for (var i = 0; i < 50; i++) {
            write(i * 100, 1 + i);
        }
        take(FIRST);
        assertThat(send(FIRST)).isEmpty();
        assertThat(sink.complete().get(FIRST)).hasSize(50);
        assertThat(sink.sent.getAndSet(0)).isBetween(50L * BLOCK, 50L * BLOCK + 50 * 40);

        take(SECOND);
        assertThat(send(SECOND)).isEmpty();
        assertThat(sink.sent.getAndSet(0)).isLessThan(50 * 40);

        var third = new SnapshotId("snap-0123456789abcdef2");
        write(100, 7);
        write(200, 0);
        write(19_999, 9);
        take(third);
        assertThat(send(third)).isEmpty();
        assertThat(sink.sent.get()).isLessThan(2L * BLOCK + 50 * 40);
        assertThat(sink.complete().get(third))
                .hasSize(50)
                .doesNotContainKey(200)
                .hasEntrySatisfying(100, b -> assertThat(b).containsOnly(7))
                .hasEntrySatisfying(300, b -> assertThat(b).containsOnly(4))
                .hasEntrySatisfying(19_999, b -> assertThat(b).containsOnly(9));
    }

    @Test
    void whatWasCutOffGoesOnWithoutWhatHasCome() {
        store.ensure(VolumeStoreContractIT.volume(SIZE), VolumeStoreContractIT.NONE);
        write(0, 1);
        write(5, 2);
        take(FIRST);
        sink.breakDown(true);
        assertThatThrownBy(() -> send(FIRST)).isInstanceOf(StorageException.class);
        sink.breakDown(false);
        assertThat(send(FIRST)).isEmpty();
        sink.sent.set(0);
        assertThat(send(FIRST)).as("again, once it is complete").isEmpty();
        assertThat(sink.sent).hasValue(0);
        assertThat(sink.complete().get(FIRST)).containsOnlyKeys(0, 5);
    }

    @Test
    void anEmptyVolumeIsOnePage() {
        take(FIRST);
        assertThat(send(FIRST)).isEmpty();
        assertThat(sink.sent.get()).isLessThan(100);
    }

    @Test
    void whatOnePageDoesNotHoldIsInTheNext() {
        store.ensure(VolumeStoreContractIT.volume(SIZE), VolumeStoreContractIT.NONE);
        for (var i = 0; i < 9; i++) {
            write(i * 7, 1);
        }
        take(FIRST);
        try (var reader = store.open(VOLUME, FIRST)) {
            assertThat(new SnapshotUpload(spec(FIRST), reader, sink, 4).advance(UploadPosition.START))
                    .isEmpty();
        }
        assertThat(sink.complete().get(FIRST)).containsOnlyKeys(0, 7, 14, 21, 28, 35, 42, 49, 56);
    }
}
