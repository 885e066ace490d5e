package io.croft.agent.hypervisor.libvirt;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.types.SnapshotId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.libvirt.jna.DomainPointer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What only a running machine's QEMU can do to the images that it has open, and libvirt knows no call for: it is asked through libvirt, which notes that the domain was spoken to so.
 *
 * @see <a href="https://libvirt.org/html/libvirt-libvirt-qemu.html#virDomainQemuMonitorCommand">virDomainQemuMonitorCommand</a>
 * @see <a href="https://www.qemu.org/docs/master/interop/qemu-qmp-ref.html">QMP reference: transaction, blockdev-snapshot-internal-sync, blockdev-snapshot-delete-internal-sync, query-block</a>
 */
final class QemuMonitor {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int JSON_COMMAND = 0;

    private final DomainPointer domain;

    QemuMonitor(DomainPointer domain) {
        this.domain = domain;
    }

    /** The calls of libvirt-qemu.so that are missing. */
    interface Native0 extends Library {
        Native0 LIBVIRT_QEMU = Native.load("virt-qemu", Native0.class);

        /** The result is to be freed. */
        int virDomainQemuMonitorCommand(DomainPointer domain, String command, PointerByReference result, int flags);
    }

    /**
     * Keeps inside their images what disks hold, all as of one moment or none.
     *
     * @param names by the disks' aliases
     */
    void snapshot(Map<String, SnapshotId> names) {
        var nodes = nodes();
        var actions = names.entrySet().stream()
                .map(e -> Map.of(
                        "type",
                        "blockdev-snapshot-internal-sync",
                        "data",
                        Map.of(
                                "device",
                                node(nodes, e.getKey()),
                                "name",
                                e.getValue().value())))
                .toList();
        ask("transaction", Map.of("actions", actions));
    }

    /** Drops a snapshot of a disk, which must be there. */
    void drop(String alias, SnapshotId name) {
        ask("blockdev-snapshot-delete-internal-sync", Map.of("device", node(nodes(), alias), "name", name.value()));
    }

    private JsonNode nodes() {
        return ask("query-block", Map.of());
    }

    /** A disk's device is named by its alias: as a path with it for those that have one. */
    private static String node(JsonNode nodes, String alias) {
        for (var node : nodes) {
            var device = node.path("qdev").asString("");
            if (List.of(device.split("/")).contains(alias)) {
                var name = node.path("inserted").path("node-name").asString("");
                if (!name.isEmpty()) {
                    return name;
                }
            }
        }
        throw new HypervisorException("QEMU has no disk " + alias, null);
    }

    private JsonNode ask(String command, Map<String, ?> arguments) {
        var result = new PointerByReference();
        var text = JSON.writeValueAsString(Map.of("execute", command, "arguments", arguments));
        if (Native0.LIBVIRT_QEMU.virDomainQemuMonitorCommand(domain, text, result, JSON_COMMAND) != 0) {
            throw new HypervisorException(command + ": " + DomainPower.error(), null);
        }
        var said = result.getValue();
        try {
            var answer = JSON.readTree(said.getString(0, StandardCharsets.UTF_8.name()));
            if (answer.has("error")) {
                throw new HypervisorException(
                        command + ": " + answer.path("error").path("desc").asString(""), null);
            }
            return answer.path("return");
        } catch (JacksonException e) {
            throw new HypervisorException(command + ": QEMU's answer is none", e);
        } finally {
            Native.free(Pointer.nativeValue(said));
        }
    }
}
