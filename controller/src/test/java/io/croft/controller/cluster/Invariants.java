package io.croft.controller.cluster;

import io.croft.agent.firewall.FirewallPort;
import io.croft.agent.hypervisor.VmDisk;
import io.croft.agent.hypervisor.VmNic;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.VolumeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must hold between the database and the hosts. Each check returns what is wrong, in words; nothing when all is well. What is not at rest is read
 * in an order that keeps a true world from looking false.
 */
final class Invariants {
    private static final List<String> TABLES_OF_INSTANCES = List.of(
            "vm",
            "volume",
            "volume_placement",
            "volume_attachment",
            "network_interface",
            "network_interface_attachment",
            "network_interface_placement",
            "private_address",
            "public_address",
            "host_claim",
            "host_document",
            "host_observation");

    private final Cluster cluster;
    private final List<String> wrongs = new ArrayList<>();

    Invariants(Cluster cluster) {
        this.cluster = cluster;
    }

    /** What must hold at every moment, whatever fails. */
    List<String> always() {
        wrongs.clear();
        hosts();
        none("claims differ from their sum or exceed the capacity", """
                SELECT c.host || ' ' || c.claimed_vcpus FROM host_capacity c LEFT JOIN (
                    SELECT host, sum(vcpus) AS vcpus, sum(memory_bytes) AS memory, sum(disk_bytes) AS disk FROM host_claim GROUP BY host
                ) s ON s.host = c.host
                WHERE (c.claimed_vcpus, c.claimed_memory, c.claimed_disk) <>
                        (coalesce(s.vcpus, 0), coalesce(s.memory, 0), coalesce(s.disk, 0))
                    OR (c.vcpus > 0 AND (c.claimed_vcpus > c.vcpus OR c.claimed_memory > c.memory_bytes OR c.claimed_disk > c.disk_bytes))
                """);
        none("two interfaces have one address", """
                SELECT private_address || ' in ' || subnet FROM network_interface GROUP BY subnet, private_address HAVING count(*) > 1
                UNION ALL SELECT public_address FROM network_interface WHERE public_address IS NOT NULL
                    GROUP BY public_address HAVING count(*) > 1
                """);
        none("a transitional state is past its deadline", """
                SELECT id || ' ' || state FROM instance WHERE deadline < now() - interval '20 seconds'
                """);
        return List.copyOf(wrongs);
    }

    /** What must hold, besides, once everything has had its time. */
    List<String> settled() {
        var first = always();
        wrongs.clear();
        wrongs.addAll(first);
        rows();
        machines();
        parts();
        documents();
        agents();
        return List.copyOf(wrongs);
    }

    /** What must hold, besides, once every instance is terminated. */
    List<String> empty() {
        var first = settled();
        wrongs.clear();
        wrongs.addAll(first);
        none("an instance is not terminated", "SELECT id || ' ' || state FROM instance WHERE state <> 'TERMINATED'");
        TABLES_OF_INSTANCES.forEach(t -> none(t + " has rows", "SELECT t::text FROM " + t + " t"));
        none("a network document is wanted", "SELECT d::text FROM network_document d WHERE present");
        none("a host knows of other hosts' interfaces", "SELECT p::text FROM vpc_peers p WHERE present");
        for (var host : cluster.hosts()) {
            var drivers = host.drivers();
            empty(host, "machines", drivers.hypervisor().running());
            empty(host, "machines that are off", drivers.hypervisor().off());
            empty(host, "volumes", List.copyOf(drivers.volumeStore().list().keySet()));
            empty(host, "taps", drivers.network().plugged());
            empty(host, "VPCs", drivers.network().standing());
            empty(host, "ways to other hosts", drivers.network().reached());
            empty(host, "chains", drivers.firewall().inForce().ports());
        }
        return List.copyOf(wrongs);
    }

    private void hosts() {
        var running = new ArrayList<VmSpec>();
        var plugged = new ArrayList<InterfaceSpec>();
        for (var host : cluster.hosts()) {
            running.addAll(guarded(host));
            check(host.bugs() == 0, host + ": a step of reconciling failed");
            plugged.addAll(host.drivers().network().plugged());
        }
        once("two domains run of one instance", running, VmSpec::id);
        once(
                "a volume is attached to two running domains",
                running.stream().flatMap(m -> m.disks().stream()).toList(),
                VmDisk::volume);
        once("one MAC twice on the hosts", plugged, InterfaceSpec::mac);
        once("one address twice on the hosts", plugged, i -> i.vpc() + " " + i.addresses());
        once(
                "one public address twice on the hosts",
                plugged.stream().filter(i -> i.publicAddress() != null).toList(),
                InterfaceSpec::publicAddress);
    }

    /** The host's machines that ran before and after their chains, taps and disks were looked for. */
    private List<VmSpec> guarded(ClusterHost host) {
        var drivers = host.drivers();
        var before = drivers.hypervisor().running();
        var chains = drivers.firewall().inForce().ports().stream()
                .map(FirewallPort::spec)
                .map(InterfaceSpec::id)
                .collect(Collectors.toSet());
        var taps = drivers.network().plugged().stream().map(InterfaceSpec::id).collect(Collectors.toSet());
        var disks = Set.copyOf(drivers.volumeStore().list().keySet());
        var after = drivers.hypervisor().running();
        var steady = before.stream().filter(after::contains).toList();
        for (var machine : steady) {
            var nics = machine.nics().stream().map(VmNic::id).toList();
            check(chains.containsAll(nics), host + ": " + machine.id() + " runs without its chains");
            check(taps.containsAll(nics), host + ": " + machine.id() + " runs without its tap");
            check(
                    disks.containsAll(
                            machine.disks().stream().map(VmDisk::volume).toList()),
                    host + ": " + machine.id() + " runs without its disk");
        }
        return steady;
    }

    private void rows() {
        none(
                "an instance is under way",
                "SELECT id || ' ' || state FROM instance WHERE state NOT IN ('RUNNING', 'STOPPED', 'TERMINATED')");
        none("an instance's place does not fit its state", """
                SELECT i.id || ' ' || i.state || ' ' || coalesce(m::text, 'nowhere') FROM instance i LEFT JOIN vm m ON m.instance = i.id
                WHERE CASE i.state WHEN 'TERMINATED' THEN m.instance IS NOT NULL
                    WHEN 'RUNNING' THEN (m.power = 'ON' AND m.presence = 'PRESENT' AND m.observed = 'READY') IS NOT TRUE
                    WHEN 'STOPPED' THEN (m.power = 'OFF' AND m.presence = 'PRESENT') IS NOT TRUE END
                """);
        none("a terminated instance has no reason", """
                SELECT id FROM instance WHERE state = 'TERMINATED' AND reason_code IS NULL
                """);
        none("a volume is under way or free for no reason", """
                SELECT v.id || ' ' || v.state || ' ' || coalesce(a.state || ' to ' || i.state, 'free')
                FROM volume v LEFT JOIN volume_attachment a ON a.volume = v.id LEFT JOIN instance i ON i.id = a.instance
                WHERE CASE v.state WHEN 'IN_USE' THEN (a.state = 'ATTACHED' AND i.state IN ('RUNNING', 'STOPPED')) IS NOT TRUE
                    WHEN 'AVAILABLE' THEN a.volume IS NOT NULL ELSE true END
                """);
        none("an interface is under way or of nobody", """
                SELECT n.id FROM network_interface n LEFT JOIN network_interface_attachment a ON a.interface = n.id
                    LEFT JOIN instance i ON i.id = a.instance
                    LEFT JOIN network_interface_placement p ON p.interface = n.id LEFT JOIN vm m ON m.instance = i.id AND m.host = p.host
                WHERE n.releasing OR m.live IS NOT TRUE OR (i.state IN ('RUNNING', 'STOPPED')) IS NOT TRUE
                """);
        none("an address is of nobody or retired", """
                SELECT p.address || ' ' || p.interface FROM public_address p LEFT JOIN network_interface n ON n.id = p.interface
                WHERE p.retired_generation IS NOT NULL
                    OR n.public_address IS DISTINCT FROM p.address AND (p.interface IS NOT NULL OR p.elastic_ip IS NULL)
                UNION ALL SELECT n.private_address || ' of ' || n.id FROM network_interface n
                WHERE (SELECT count(*) FROM private_address p WHERE p.interface = n.id) <> 1
                """);
        none("a claim does not stand for something live", """
                SELECT c.host || ' ' || c.holder FROM host_claim c
                WHERE starts_with(c.holder, c.pool) IS NOT TRUE AND NOT EXISTS (SELECT FROM instance i JOIN vm m ON m.instance = i.id
                        WHERE i.id = c.holder AND m.host = c.host AND i.state = 'RUNNING')
                    AND NOT EXISTS (SELECT FROM volume_placement p WHERE p.volume = c.holder AND p.host = c.host)
                UNION ALL SELECT i.id FROM instance i WHERE i.state = 'RUNNING' AND NOT EXISTS (SELECT FROM host_claim c WHERE c.holder = i.id)
                UNION ALL SELECT p.volume FROM volume_placement p WHERE NOT EXISTS (SELECT FROM host_claim c WHERE c.holder = p.volume)
                """);
    }

    /** Running rows and running domains are the same, host by host. */
    private void machines() {
        for (var host : cluster.hosts()) {
            same(
                    host,
                    "running",
                    ids(host, InstanceId::new, """
                            SELECT i.id FROM instance i JOIN vm m ON m.instance = i.id WHERE i.state = 'RUNNING' AND m.host = :host
                            """),
                    host.drivers().hypervisor().running().stream()
                            .map(VmSpec::id)
                            .collect(Collectors.toSet()));
            var known = ids(host, InstanceId::new, "SELECT instance FROM vm WHERE host = :host");
            host.drivers().hypervisor().off().stream()
                    .filter(id -> !known.contains(id))
                    .forEach(id -> wrongs.add(host + " has the machine of " + id + " that no row owns"));
        }
    }

    /** Volumes, taps and chains are those that the rows say. */
    private void parts() {
        for (var host : cluster.hosts()) {
            var drivers = host.drivers();
            var interfaces = ids(
                    host,
                    NetworkInterfaceId::new,
                    "SELECT interface FROM network_interface_placement WHERE host = :host");
            same(
                    host,
                    "volumes",
                    ids(host, VolumeId::new, "SELECT volume FROM volume_placement WHERE host = :host"),
                    Set.copyOf(drivers.volumeStore().list().keySet()));
            same(
                    host,
                    "taps",
                    interfaces,
                    drivers.network().plugged().stream().map(InterfaceSpec::id).collect(Collectors.toSet()));
            same(
                    host,
                    "chains",
                    interfaces,
                    drivers.firewall().inForce().ports().stream()
                            .map(p -> p.spec().id())
                            .collect(Collectors.toSet()));
        }
    }

    private void documents() {
        none("a tombstone or an operation is not settled", """
                SELECT host || ' ' || kind || ' ' || id FROM host_document WHERE presence = 'ABSENT' OR kind = 'operation'
                """);
        none("documents differ from their rows", """
                (SELECT d.host, d.kind, d.id FROM host_document d EXCEPT (
                    SELECT host, 'instance', instance FROM vm UNION ALL SELECT host, 'volume', volume FROM volume_placement
                    UNION ALL SELECT host, 'interface', interface FROM network_interface_placement
                    UNION ALL SELECT host, lower(replace(kind, '_', '-')), id FROM network_document WHERE present
                    UNION ALL SELECT host, 'vpc-peers', vpc FROM vpc_peers WHERE present))
                """);
        none("an observation is of no document", """
                SELECT o.host || ' ' || o.kind || ' ' || o.id FROM host_observation o
                WHERE NOT EXISTS (SELECT FROM host_document d WHERE d.host = o.host AND d.kind = o.kind AND d.id = o.id)
                """);
        none("a document is not observed as it is wanted", """
                SELECT d.host || ' ' || d.kind || ' ' || d.id || ' ' || d.generation || ' ' || coalesce(o.observation::text, 'never seen')
                FROM host_document d LEFT JOIN host_observation o ON o.host = d.host AND o.kind = d.kind AND o.id = d.id
                WHERE ((o.observation ->> 'generation')::bigint = d.generation
                    AND o.observation ->> 'state' IN ('READY', 'STOPPED')) IS NOT TRUE
                """);
    }

    private void agents() {
        for (var host : cluster.hosts()) {
            var wanted = cluster.database()
                    .sql("SELECT coalesce(max(revision), 0) FROM host_stream WHERE host = :host")
                    .param("host", host.id().value())
                    .query(Long.class)
                    .single();
            check(host.connected(), host + " is not connected");
            check(host.revision() == wanted, host + " knows revision " + host.revision() + ", not " + wanted);
        }
    }

    private <I> Set<I> ids(ClusterHost host, Function<String, I> id, String sql) {
        return cluster.database().sql(sql).param("host", host.id().value()).query(String.class).list().stream()
                .map(id)
                .collect(Collectors.toSet());
    }

    private void none(String wrong, String sql) {
        var found = cluster.database().sql(sql).query((row, _) -> {
            var columns = row.getMetaData().getColumnCount();
            var words = new ArrayList<String>();
            for (var i = 1; i <= columns; i++) {
                words.add(row.getString(i));
            }
            return String.join(" ", words);
        });
        var list = found.list();
        check(list.isEmpty(), wrong + ": " + list);
    }

    private <T> void once(String wrong, List<T> things, Function<T, ?> by) {
        var seen = new HashSet<Object>();
        things.stream()
                .flatMap(t -> Stream.ofNullable(by.apply(t)))
                .filter(key -> !seen.add(key))
                .forEach(key -> wrongs.add(wrong + ": " + key));
    }

    private void same(ClusterHost host, String what, Set<?> rows, Set<?> found) {
        check(rows.equals(found), host + ": " + what + " of the rows " + rows + ", of the host " + found);
    }

    private void empty(ClusterHost host, String what, List<?> left) {
        check(left.isEmpty(), host + " has " + what + ": " + left);
    }

    private void check(boolean holds, String wrong) {
        if (!holds) {
            wrongs.add(wrong);
        }
    }
}
