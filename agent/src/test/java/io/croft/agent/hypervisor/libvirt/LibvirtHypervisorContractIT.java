package io.croft.agent.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.agent.exec.Exec;
import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.hypervisor.HypervisorContractIT;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.hypervisor.ObservedVm.Power;
import io.croft.agent.hypervisor.VmDisk;
import io.croft.agent.hypervisor.VmSpecs;
import io.croft.agent.storage.DiskSource;
import io.croft.protocol.PauseReason;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real machines under the libvirtd of a lab host, booted from the image that {@code -Dcroft.test.image} names. */
@Tag("real")
class LibvirtHypervisorContractIT extends HypervisorContractIT {
    private static final String SERVICE = "/var/lib/croft/service/libvirtd";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Override
    protected Hypervisor open() {
        return new LibvirtHypervisor(
                new LibvirtSettings("qemu:///system", "tcg", List.of(), List.of(), folder.resolve("consoles")),
                InstantSource.system());
    }

    /** libvirt boots afresh what it cannot use; that must not happen to a save unless it never was one. */
    @Test
    void aSaveThatCannotBeRestoredIsReportedAndKept() throws IOException {
        var spec = VmSpecs.small(ID, disk());
        try (var hypervisor = open()) {
            hypervisor.start(spec);
            hypervisor.hibernate(ID);
            var save = Path.of("/var/lib/libvirt/qemu/save", ID + ".save");
            overwrite(save, "ThisIsNotASave!!");
            assertThat(power(hypervisor)).isEqualTo(Power.SAVED);
            assertThatThrownBy(() -> hypervisor.start(spec)).isInstanceOf(HypervisorException.class);
            assertThat(power(hypervisor)).isEqualTo(Power.SAVED);

            overwrite(save, "LibvirtQemudPart");
            assertThat(power(hypervisor)).as("cut while it was written").isEqualTo(Power.OFF);

            overwrite(save, "LibvirtQemudSave");
            hypervisor.start(VmSpecs.changed(spec));
            assertThat(hypervisor.inspect(ID).orElseThrow().generation()).isEqualTo(spec.generation());
            assertThat(save).doesNotExist();
        }
    }

    /** What libvirt leaves when it dies between saving a domain's status and executing QEMU; read from a real one, with the process that it then has. */
    @Test
    void aStartThatLibvirtDidNotLiveToEndIsGivenUp() throws Exception {
        var other = new InstanceId("i-0123456789abcdef1");
        try (var hypervisor = open()) {
            hypervisor.start(VmSpecs.small(other, disk("other")));
            hypervisor.start(VmSpecs.small(ID, disk()));
            var status = Path.of("/run/libvirt/qemu", ID + ".xml");
            var whole = Files.readString(status);
            hypervisor.powerOff(ID);
            var bystander = Files.readString(Path.of("/run/libvirt/qemu", other + ".pid"));

            run("sv", "-w", "20", "down", SERVICE);
            Files.writeString(
                    status,
                    whole.replaceAll("(?s)<job [^>]*(/>|[^/]>.*?</job>)", "")
                            .replaceFirst(
                                    "<domstatus [^>]*>",
                                    "<domstatus state='paused' reason='starting up' pid='0'>"
                                            + "<job type='none' async='start' flags='0x0' asyncStarted='1'/>"));
            run("sv", "-w", "20", "up", SERVICE);
            await().atMost(SOON).ignoreExceptions().until(() -> paused(hypervisor) == PauseReason.STARTING);
            assertThatThrownBy(() -> hypervisor.powerOff(ID)).hasMessageContaining("cannot acquire state change lock");

            hypervisor.abandonStart(ID);
            await().atMost(SOON).ignoreExceptions().until(() -> power(hypervisor) == Power.OFF);
            hypervisor.start(VmSpecs.small(ID, disk()));
            assertThat(power(hypervisor)).isEqualTo(Power.RUNNING);
            assertThat(hypervisor.inspect(other).orElseThrow().power()).isEqualTo(Power.RUNNING);
            assertThat(Files.readString(Path.of("/run/libvirt/qemu", other + ".pid")))
                    .isEqualTo(bystander);
            hypervisor.abandonStart(ID);
            assertThat(power(hypervisor)).as("it was not being started").isEqualTo(Power.RUNNING);
            hypervisor.remove(other);
        }
    }

    @Test
    void aPausedMachineSaysWhyAndGoesOnByAResumeOrAReset() {
        try (var hypervisor = open()) {
            hypervisor.start(VmSpecs.small(ID, disk()));
            List<Runnable> ways = List.of(() -> hypervisor.resume(ID), () -> hypervisor.reset(ID));
            for (var way : ways) {
                run("virsh", "-q", "-c", "qemu:///system", "suspend", ID.value());
                assertThat(paused(hypervisor)).isEqualTo(PauseReason.BY_USER);
                way.run();
                assertThat(power(hypervisor)).isEqualTo(Power.RUNNING);
            }
            hypervisor.resume(ID);
            assertThat(power(hypervisor)).isEqualTo(Power.RUNNING);
        }
    }

    /** All of its disks at one moment, inside their own files; whether it runs, is paused or is off. */
    @Test
    void aMachineKeepsWhatItsDisksHold() {
        var spec = VmSpecs.small(ID, disk());
        var root = spec.disks().getFirst();
        var other = new VmDisk(new VolumeId("vol-0123456789abcdef1"), data());
        var foreign = new VolumeId("vol-0123456789abcdef2");
        var first = new SnapshotId("snap-0123456789abcdef0");
        var second = new SnapshotId("snap-0123456789abcdef1");
        try (var hypervisor = open()) {
            var names = Map.of(root.volume(), first, other.volume(), second, foreign, first);
            assertThat(hypervisor.snapshot(ID, names)).isEmpty();
            hypervisor.start(spec);
            hypervisor.attach(ID, other);
            assertThat(hypervisor.snapshot(ID, names)).containsExactlyInAnyOrder(root.volume(), other.volume());
            assertThat(snapshots(root)).contains(first.value());
            assertThat(snapshots(other)).contains(second.value());
            assertThatThrownBy(() -> hypervisor.snapshot(ID, names))
                    .isInstanceOf(HypervisorException.class)
                    .hasMessageContaining("already exists");
            hypervisor.grow(ID, other.volume(), 128 << 20);
            assertThat(size(other)).isEqualTo(128 << 20);

            run("virsh", "-q", "-c", "qemu:///system", "suspend", ID.value());
            assertThat(hypervisor.dropSnapshot(ID, other.volume(), second)).isTrue();
            hypervisor.resume(ID);
            assertThat(snapshots(other)).doesNotContain(second.value());
            assertThatThrownBy(() -> hypervisor.dropSnapshot(ID, other.volume(), second))
                    .isInstanceOf(HypervisorException.class);
            assertThat(hypervisor.dropSnapshot(ID, foreign, second)).isFalse();

            hypervisor.hibernate(ID);
            hypervisor.start(spec);
            assertThat(hypervisor.dropSnapshot(ID, root.volume(), first)).isTrue();
            hypervisor.powerOff(ID);
            assertThat(hypervisor.dropSnapshot(ID, root.volume(), first)).isFalse();
        }
    }

    private static String snapshots(VmDisk disk) {
        return Exec.run(
                        List.of(
                                "qemu-img",
                                "snapshot",
                                "-U",
                                "-l",
                                disk.source().path()),
                        Duration.ofSeconds(30))
                .orThrow()
                .stdout();
    }

    private static void run(String... argv) {
        Exec.run(List.of(argv), Duration.ofSeconds(30)).orThrow();
    }

    private static @Nullable PauseReason paused(Hypervisor hypervisor) {
        return hypervisor.inspect(ID).orElseThrow().paused();
    }

    private static void overwrite(Path file, String start) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(start.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static Power power(Hypervisor hypervisor) {
        return hypervisor.inspect(ID).orElseThrow().power();
    }

    @Override
    protected DiskSource data() {
        var file = folder.resolve("data.qcow2").toString();
        run("qemu-img", "create", "-q", "-f", "qcow2", file, "64M");
        return new DiskSource(DiskSource.Kind.FILE, file, DiskSource.Format.QCOW2);
    }

    @Override
    protected long size(VmDisk disk) {
        var info = Exec.run(
                        List.of(
                                "qemu-img",
                                "info",
                                "-U",
                                "--output=json",
                                disk.source().path()),
                        Duration.ofSeconds(30))
                .orThrow();
        var size = Pattern.compile("\"virtual-size\": (\\d+)").matcher(info.stdout());
        assertThat(size.find()).isTrue();
        return Long.parseLong(size.group(1));
    }

    @Override
    protected DiskSource disk() {
        return disk("disk");
    }

    private DiskSource disk(String name) {
        var overlay = folder.resolve(name + ".qcow2").toString();
        var image = System.getProperty("croft.test.image");
        assertThat(image).as("the system property croft.test.image").isNotNull();
        var made = Exec.run(
                List.of("qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", image, overlay),
                Duration.ofSeconds(30));
        assertThat(made.exit()).as(made.stderr()).isZero();
        return new DiskSource(DiskSource.Kind.FILE, overlay, DiskSource.Format.QCOW2);
    }
}
