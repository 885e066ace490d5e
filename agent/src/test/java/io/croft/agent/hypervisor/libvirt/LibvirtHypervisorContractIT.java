package io.croft.agent.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.exec.Exec;
import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.hypervisor.HypervisorContractIT;
import io.croft.agent.storage.DiskSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Real machines under the libvirtd of a lab host, booted from the image that {@code -Dcroft.test.image} names. */
@Tag("real")
class LibvirtHypervisorContractIT extends HypervisorContractIT {
    @TempDir
    private Path folder;

    @Override
    protected Hypervisor open() {
        return new LibvirtHypervisor(new LibvirtSettings("qemu:///system", "tcg", folder.resolve("consoles")));
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
