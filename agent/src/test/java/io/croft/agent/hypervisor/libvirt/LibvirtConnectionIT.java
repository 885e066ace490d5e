package io.croft.agent.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.hypervisor.HypervisorException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** libvirt's client library must be installed. */
@Tag("real")
class LibvirtConnectionIT {
    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLibvirtdThatTakesTheConnectionAndSaysNothingIsNotWaitedForForEver() throws IOException {
        var socket = folder.resolve("libvirt-sock");
        try (var silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(socket));
            var libvirt = new LibvirtConnection("qemu+unix:///system?socket=" + socket, _ -> {}, _ -> {});
            assertThatThrownBy(() -> libvirt.call("look", _ -> true))
                    .isInstanceOf(HypervisorException.class)
                    .hasMessage("look: libvirt does not answer");
        }
    }
}
