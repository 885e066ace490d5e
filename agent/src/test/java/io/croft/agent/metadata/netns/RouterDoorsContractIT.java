package io.croft.agent.metadata.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.clock.KernelClock;
import io.croft.agent.metadata.MetadataCatalog;
import io.croft.agent.metadata.MetadataService;
import io.croft.agent.metadata.MetadataServiceContractIT;
import io.croft.agent.metadata.http.HttpMetadataDoor;
import io.croft.agent.metadata.ntp.NtpDoor;
import io.croft.agent.network.HostNetwork;
import io.croft.agent.network.NetworkException;
import io.croft.agent.network.linux.LinuxHostNetwork;
import io.croft.agent.network.linux.LinuxNetworkSettings;
import io.croft.agent.network.linux.NetworkPurge;
import io.croft.agent.network.linux.RouterNamespace;
import io.croft.types.Cidr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class RouterDoorsContractIT extends MetadataServiceContractIT {
    private static final LinuxNetworkSettings SETTINGS =
            new LinuxNetworkSettings(Path.of("/run/croft"), new Cidr("198.18.0.0/24"), null, List.of("192.0.2.53"));

    private final HostNetwork network = new LinuxHostNetwork(SETTINGS, InstantSource.system());
    private MetadataService service;

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() {
        MetadataCatalog nobody = (_, _) -> Optional.empty();
        var clock = InstantSource.system();
        service = new RouterDoors(
                vpc -> new RouterNamespace(vpc).path(),
                List.of(
                        new HttpMetadataDoor(nobody, folder.resolve("key"), clock),
                        new NtpDoor(nobody, new KernelClock(), clock)));
    }

    @Override
    protected HostNetwork network() {
        return network;
    }

    @Override
    protected MetadataService service() {
        return service;
    }

    /** A VPC of whose listeners one is gone counts as not served, and is served anew. */
    @Test
    void aVpcIsServedByAllOrCountsAsNotServed() throws Exception {
        network.ensureVpc(VPC);
        var taken = NamespaceThread.call(
                new RouterNamespace(VPC.id()).path(),
                () -> DatagramChannel.open(StandardProtocolFamily.INET)
                        .bind(new InetSocketAddress(InetAddress.ofLiteral("169.254.169.123"), 123)));
        assertThatThrownBy(() -> service.serve(VPC.id())).isInstanceOf(NetworkException.class);
        assertThat(service.serving()).isEmpty();
        taken.close();
        service.serve(VPC.id());
        assertThat(service.serving()).containsExactly(VPC.id());
    }

    @AfterEach
    void purge() {
        service.close();
        new NetworkPurge(SETTINGS).run();
    }
}
