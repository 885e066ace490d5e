package io.croft.agent.storage.lvm;

import static io.croft.agent.storage.VolumeStoreContractIT.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.agent.exec.Exec;
import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.hypervisor.VmDisk;
import io.croft.agent.hypervisor.VmSpecs;
import io.croft.agent.hypervisor.libvirt.LibvirtHypervisor;
import io.croft.agent.hypervisor.libvirt.LibvirtSettings;
import io.croft.protocol.Presence;
import io.croft.protocol.VolumeSpec;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real machine whose disks are thin volumes, booted from the image that {@code -Dcroft.test.image} names, under the libvirtd of this host: one story, for the machine is emulated in an emulated host and
 * boots for a minute.
 */
@Tag("lvm")
@Tag("long")
class LvmMachineIT {
    private static final InstanceId ID = new InstanceId("i-0123456789abcdef0");
    private static final VolumeId ROOT = new VolumeId("vol-0123456789abcdef0");
    private static final VolumeId DATA = new VolumeId("vol-0123456789abcdef1");
    private static final long GIB = 1L << 30;
    private static final Duration BOOT = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    private final LvmVolumeStore store = new LvmVolumeStore("croft", "pool", 85, InstantSource.system());

    @AfterEach
    void leaveNothing() {
        try (var hypervisor = open()) {
            hypervisor.remove(ID);
        }
        store.remove(ROOT);
        store.remove(DATA);
    }

    @Test
    void aMachineBootsFromAThinVolumeAndGetsGrowsAndLosesAnother() {
        var image = Path.of(System.getProperty("croft.test.image"));
        var root = store.ensure(volume(ROOT, GIB, new Digest("2".repeat(64))), () -> image)
                .source();
        try (var hypervisor = open()) {
            hypervisor.start(VmSpecs.small(ID, root));
            says(hypervisor, "root file system grown to");
            assertThat(sees(hypervisor, ROOT)).isEqualTo(GIB);

            var data = store.ensure(volume(DATA, GIB, null), NONE).source();
            hypervisor.attach(ID, new VmDisk(DATA, data));
            await("the guest reads what partitions it has").atMost(BOOT).until(() -> reads("vdb") > 0);

            store.ensure(volume(DATA, 2 * GIB, null), NONE);
            assertThat(sees(hypervisor, DATA)).as("nobody told it").isEqualTo(GIB);
            hypervisor.grow(ID, DATA, 2 * GIB);
            assertThat(sees(hypervisor, DATA)).isEqualTo(2 * GIB);

            await("the guest lets go")
                    .atMost(BOOT)
                    .pollInterval(Duration.ofSeconds(5))
                    .until(() -> {
                        hypervisor.detach(ID, DATA);
                        return !observed(hypervisor).volumes().contains(DATA);
                    });
            store.remove(DATA);
        }
    }

    private void says(Hypervisor hypervisor, String line) {
        await(line)
                .atMost(BOOT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> new String(hypervisor.consoleTail(ID, 1 << 16), StandardCharsets.UTF_8).contains(line));
    }

    private static long sees(Hypervisor hypervisor, VolumeId volume) {
        return observed(hypervisor).sees(volume);
    }

    private static ObservedVm observed(Hypervisor hypervisor) {
        return hypervisor.inspect(ID).orElseThrow();
    }

    private static long reads(String target) {
        return Exec.run(
                        List.of("virsh", "-q", "-c", "qemu:///system", "domblkstat", ID.value(), target),
                        Duration.ofMinutes(1))
                .orThrow()
                .stdout()
                .lines()
                .filter(l -> l.contains(" rd_req "))
                .mapToLong(l -> Long.parseLong(l.substring(l.lastIndexOf(' ') + 1)))
                .sum();
    }

    private Hypervisor open() {
        return new LibvirtHypervisor(
                new LibvirtSettings("qemu:///system", "tcg", List.of(), List.of(), folder.resolve("consoles")),
                InstantSource.system());
    }

    private static VolumeSpec volume(VolumeId id, long bytes, @Nullable Digest image) {
        return new VolumeSpec(
                id, new AccountId("123456789012"), Generation.FIRST, Presence.PRESENT, "lvm", bytes, image);
    }
}
