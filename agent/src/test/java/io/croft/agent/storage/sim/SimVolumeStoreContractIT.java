package io.croft.agent.storage.sim;

import io.croft.agent.faults.Faults;
import io.croft.agent.storage.VolumeStore;
import io.croft.agent.storage.VolumeStoreContractIT;
import io.croft.types.VolumeId;
import java.nio.file.Path;
import java.util.Arrays;

class SimVolumeStoreContractIT extends VolumeStoreContractIT {
    private static final long CAPACITY = 10L << 30;

    private final SimVolumeStore store = new SimVolumeStore(CAPACITY, new Faults());
    private final SimVolumeStore full = new SimVolumeStore(1, new Faults());

    @Override
    protected VolumeStore open() {
        return store;
    }

    @Override
    protected VolumeStore full() {
        return full;
    }

    @Override
    protected Path image() {
        return Path.of("/sim/image");
    }

    @Override
    protected void write(VolumeId id, long offset, byte value) {
        var bytes = new byte[64 * 1024];
        Arrays.fill(bytes, value);
        store.write(id, offset, bytes);
    }

    @Override
    protected long sizeOf(VolumeId id) {
        return CAPACITY - store.capacity().freeBytes();
    }
}
