package io.croft.agent.metadata.http;

import io.croft.agent.metadata.MetadataService;
import io.croft.agent.metadata.MetadataServiceContractIT;
import io.croft.agent.network.HostNetwork;
import io.croft.agent.network.linux.LinuxHostNetwork;
import io.croft.agent.network.linux.LinuxNetworkSettings;
import io.croft.agent.network.linux.NetworkPurge;
import io.croft.agent.network.linux.RouterNamespace;
import io.croft.types.Cidr;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class HttpMetadataServiceContractIT extends MetadataServiceContractIT {
    private static final LinuxNetworkSettings SETTINGS =
            new LinuxNetworkSettings(Path.of("/run/croft"), new Cidr("198.18.0.0/24"), null, List.of("192.0.2.53"));

    private final HostNetwork network = new LinuxHostNetwork(SETTINGS, InstantSource.system());
    private MetadataService service;

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() {
        service = new HttpMetadataService(
                vpc -> new RouterNamespace(vpc).path(),
                (_, _) -> Optional.empty(),
                folder.resolve("key"),
                InstantSource.system());
    }

    @Override
    protected HostNetwork network() {
        return network;
    }

    @Override
    protected MetadataService service() {
        return service;
    }

    @AfterEach
    void purge() {
        service.close();
        new NetworkPurge(SETTINGS).run();
    }
}
