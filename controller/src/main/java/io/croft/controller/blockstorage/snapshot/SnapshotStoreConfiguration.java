package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.store.DirectoryObjectStore;
import io.croft.controller.blockstorage.snapshot.store.KeySeal;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.blockstorage.snapshot.store.StoreDamage;
import io.croft.controller.context.StateDirectory;
import io.croft.controller.identity.MasterSeal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The snapshot store in the controller's own directory, its lineages' keys under the master key. */
@Configuration(proxyBeanMethods = false)
class SnapshotStoreConfiguration {
    /** In the state directory. */
    static final String DIRECTORY = "snapshots";

    @Bean
    SnapshotStore snapshotStore(StateDirectory state, MasterSeal master) {
        var root = state.directory(DIRECTORY);
        return new SnapshotStore(
                new DirectoryObjectStore(root), root.resolve("uploads"), seal(master), SnapshotStore.SIZES);
    }

    private static KeySeal seal(MasterSeal master) {
        return new KeySeal() {
            @Override
            public byte[] seal(String name, byte[] secret) {
                return master.seal("lineage/" + name, secret);
            }

            @Override
            public byte[] open(String name, byte[] sealed) {
                return master.open("lineage/" + name, sealed)
                        .orElseThrow(() -> new StoreDamage("the key of lineage " + name + " does not open", null));
            }
        };
    }
}
