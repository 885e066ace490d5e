package io.croft.controller.cluster;

import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What volumes on simulated hosts hold: a byte in each block that is not zeros. */
final class VolumeContents {
    private static final int PIECE = 64 * 1024;
    private static final SnapshotId LOOK = new SnapshotId("snap-0fedcba9876543210");

    private VolumeContents() {}

    static void write(ClusterHost host, VolumeId volume, int block, int value) {
        var bytes = new byte[PIECE];
        Arrays.fill(bytes, (byte) value);
        host.drivers()
                .volumeStore()
                .write(volume, (long) block * SnapshotStore.BLOCK + SnapshotStore.BLOCK - PIECE, bytes);
    }

    /** The last byte of each block of a volume that is not zeros. */
    static Map<Integer, Integer> content(ClusterHost host, VolumeId volume) {
        var store = host.drivers().volumeStore();
        store.snapshot(Map.of(volume, LOOK));
        var found = new TreeMap<Integer, Integer>();
        try (var reader = store.open(volume, LOOK)) {
            for (var piece = reader.data(0);
                    piece.isPresent();
                    piece = reader.data(piece.get().end())) {
                var bytes = ByteBuffer.allocate(1);
                reader.read(piece.get().end() - 1, bytes);
                found.put((int) (piece.get().offset() / SnapshotStore.BLOCK), (int) bytes.get(0));
            }
        }
        store.drop(volume, LOOK);
        return found;
    }
}
