package io.croft.agent.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.exec.Exec;
import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.hypervisor.HypervisorContractIT;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.hypervisor.ObservedVm.Power;
import io.croft.agent.hypervisor.VmSpecs;
import io.croft.agent.storage.DiskSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real machines under the libvirtd of a lab host, booted from the image that {@code -Dcroft.test.image} names. */
@Tag("real")
class LibvirtHypervisorContractIT extends HypervisorContractIT {
    @TempDir
    private Path folder;

    @Override
    protected Hypervisor open() {
        return new LibvirtHypervisor(
                new LibvirtSettings("qemu:///system", "tcg", List.of(), folder.resolve("consoles")));
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

    private static void overwrite(Path file, String start) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(start.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static Power power(Hypervisor hypervisor) {
        return hypervisor.inspect(ID).orElseThrow().power();
    }

    @Override
    protected DiskSource disk() {
        var overlay = folder.resolve("disk.qcow2").toString();
        var image = System.getProperty("croft.test.image");
        assertThat(image).as("the system property croft.test.image").isNotNull();
        var made = Exec.run(
                List.of("qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", image, overlay),
                Duration.ofSeconds(30));
        assertThat(made.exit()).as(made.stderr()).isZero();
        return new DiskSource(DiskSource.Kind.FILE, overlay, DiskSource.Format.QCOW2);
    }
}
