package io.croft.controller.blockstorage.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.fleet.HostState;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import io.croft.protocol.HostFacts;
import io.croft.protocol.HostFacts.StoragePool;
import io.croft.types.HostId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolRulesTest {
    private static final HostId HOST = new HostId("host-00000000000000001");
    private static final long GIB = 1L << 30;
    private static final StoragePool FILE = new StoragePool("file", 100 * GIB, 10 * GIB);

    @Test
    void lvmIsPreferredWhereTheHostOffersItAndTheOperatorSaysWhatHeLikes() {
        var rules = rules(Map.of("st1", "file", "io2", "rbd"), Map.of());
        assertThat(rules.of(host(FILE, lvm(1, 1, 0)), "gp3")).hasValueSatisfying(p -> backend(p, "lvm"));
        assertThat(rules.of(host(FILE), "gp3")).hasValueSatisfying(p -> backend(p, "file"));
        assertThat(rules.of(host(FILE, lvm(1, 1, 0)), "st1")).hasValueSatisfying(p -> backend(p, "file"));
        assertThat(rules.of(host(FILE, lvm(1, 1, 0)), "io2")).isEmpty();
        assertThat(rules.refusal(host(FILE), List.of(new WantedDisk("io2", GIB))))
                .contains("offers no storage for io2 volumes");
    }

    @Test
    void aDrainedPoolIsPassedOver() {
        var rules = rules(Map.of("io2", "lvm"), Map.of(HOST, Set.of("lvm")));
        assertThat(rules.of(host(FILE, lvm(1, 1, 0)), "gp3")).hasValueSatisfying(p -> backend(p, "file"));
        assertThat(rules.of(host(FILE, lvm(1, 1, 0)), "io2")).isEmpty();
    }

    @Test
    void aPoolIsFullByTheFullerOfDataAndMetadataAndByWhatIsPromised() {
        var rules = rules(Map.of(), Map.of());
        var disks = List.of(new WantedDisk("gp3", 8 * GIB), new WantedDisk("gp2", 2 * GIB));
        assertThat(rules.refusal(host(FILE, lvm(84.9, 84.9, 190)), disks)).isEmpty();
        assertThat(rules.refusal(host(lvm(85, 10, 0)), disks))
                .hasValueSatisfying(r -> assertThat(r).contains("85.0 % of its data"));
        assertThat(rules.refusal(host(lvm(10, 85, 0)), disks))
                .hasValueSatisfying(r -> assertThat(r).contains("85.0 % of its metadata"));
        assertThat(rules.refusal(host(lvm(1, 1, 191)), disks))
                .as("what its claims count")
                .isEmpty();
        assertThat(rules.refusal(host(FILE, lvm(1, 1, 191)), disks))
                .contains("has promised 191 of 200 GiB of its pool lvm: no room for 10 more");
    }

    @Test
    void aFolderThatTellsNoMoreIsHeldToNothingMore() {
        assertThat(rules(Map.of(), Map.of()).refusal(host(FILE), List.of(new WantedDisk("gp3", 1000 * GIB))))
                .isEmpty();
    }

    private static void backend(StoragePool pool, String name) {
        assertThat(pool.backend()).isEqualTo(name);
    }

    private static PoolRules rules(Map<String, String> types, Map<HostId, Set<String>> drained) {
        return new PoolRules(new StorageProperties(types, List.of("lvm", "file"), 85, 80), 2.0, drained);
    }

    private static StoragePool lvm(double data, double metadata, long provisionedGib) {
        return new StoragePool("lvm", 100 * GIB, 50 * GIB, provisionedGib * GIB, data, metadata);
    }

    private static HostView host(StoragePool... pools) {
        var all = new Resources(4, 8 * GIB, 200 * GIB);
        var facts = new HostFacts("h1", "a", "x86_64", "kvm", 4, 8 * GIB, List.of(pools), "1", List.of(), null);
        return new HostView(
                HOST,
                "h1",
                "a",
                HostState.READY,
                facts,
                all,
                new Resources(0, 0, 0),
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null,
                0,
                0);
    }
}
