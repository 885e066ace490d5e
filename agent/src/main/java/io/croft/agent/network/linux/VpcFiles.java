package io.croft.agent.network.linux;

import io.croft.agent.network.NetworkException;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.VpcId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A VPC's directory: the records of its ports, and what its dnsmasq reads. A file appears whole or not at all. */
final class VpcFiles {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path directory;

    VpcFiles(LinuxNetworkSettings settings, VpcId vpc) {
        this.directory = settings.vpcs().resolve(vpc.value());
    }

    /** The VPCs that have a directory. */
    static List<VpcId> vpcs(LinuxNetworkSettings settings) {
        return names(settings.vpcs()).stream().map(VpcId::new).toList();
    }

    void create() {
        try {
            Files.createDirectories(ports());
            Files.createDirectories(hosts());
            Files.createDirectories(retired());
            Files.createDirectories(names());
        } catch (IOException e) {
            throw new NetworkException("cannot keep the records of the network", e);
        }
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** What dnsmasq reads: a file for each interface. */
    Path hosts() {
        return directory.resolve("hosts");
    }

    /** What dnsmasq read and has not forgotten yet. */
    Path retired() {
        return directory.resolve("retired");
    }

    /** What dnsmasq reads of public names: a file for each interface that had one since it started. */
    Path names() {
        return directory.resolve("names");
    }

    private Path ports() {
        return directory.resolve("ports");
    }

    Optional<PortRecord> port(NetworkInterfaceId id) {
        return read(ports().resolve(id.value())).map(text -> JSON.readValue(text, PortRecord.class));
    }

    List<PortRecord> allPorts() {
        return names(ports()).stream()
                .flatMap(name -> port(new NetworkInterfaceId(name)).stream())
                .toList();
    }

    void record(PortRecord port) {
        write(ports().resolve(port.id().value()), JSON.writeValueAsString(port));
    }

    void forget(NetworkInterfaceId id) {
        delete(ports().resolve(id.value()));
    }

    /** Whether the file has this text. */
    static boolean holds(Path file, String text) {
        return read(file).filter(text::equals).isPresent();
    }

    /** Replaces the file; returns whether its text is another now. */
    boolean write(Path file, String text) {
        if (holds(file, text)) {
            return false;
        }
        try {
            var whole = directory.resolve(file.getFileName() + ".new");
            Files.writeString(whole, text);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            throw new NetworkException("cannot keep the records of the network", e);
        }
    }

    static Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new NetworkException("cannot keep the records of the network", e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new NetworkException("cannot keep the records of the network", e);
        }
    }

    /** The names in a directory, in order; none when it is not there. */
    static List<String> names(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new NetworkException("cannot keep the records of the network", e);
        }
    }

    void remove() {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(VpcFiles::delete);
        } catch (IOException e) {
            throw new NetworkException("cannot keep the records of the network", e);
        }
    }
}
