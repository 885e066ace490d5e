package io.croft.controller.blockstorage.pool;

import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.Capacity;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostView;
import io.croft.protocol.HostFacts.StoragePool;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The pools of all hosts, as these told of them last. */
@Component
@EnableConfigurationProperties(StorageProperties.class)
public class StoragePools {
    private static final Pattern REASON = Pattern.compile("\\P{Cntrl}{1,255}");

    private final JdbcClient jdbc;
    private final Fleet fleet;
    private final Capacity capacity;
    private final StorageProperties properties;

    StoragePools(JdbcClient jdbc, Fleet fleet, Capacity capacity, StorageProperties properties) {
        this.jdbc = jdbc;
        this.fleet = fleet;
        this.capacity = capacity;
        this.properties = properties;
    }

    /** Which pool keeps a new volume and whether it may, by what is known now. */
    public PoolRules rules() {
        var drained = new HashMap<HostId, Set<String>>();
        drains().keySet()
                .forEach(d ->
                        drained.computeIfAbsent(d.host(), _ -> new HashSet<>()).add(d.backend()));
        return new PoolRules(properties, capacity.diskOvercommit(), drained);
    }

    /**
     * The storage driver of a host that keeps a new volume there.
     *
     * @throws CloudException InsufficientVolumeCapacity when none may
     */
    public String backend(HostId host, WantedDisk disk) {
        var rules = rules();
        var found = fleet.find(host);
        if (found.isEmpty() || rules.refusal(found.get(), List.of(disk)).isPresent()) {
            throw new CloudException(
                    ErrorCode.INSUFFICIENT_VOLUME_CAPACITY, "The instance's host takes no such volume now.");
        }
        return rules.require(found.get(), disk.type()).backend();
    }

    /** All of them, by host. */
    public List<StoragePoolView> list() {
        var reasons = drains();
        return fleet.snapshot().hosts().stream().flatMap(h -> views(h, reasons)).toList();
    }

    /**
     * One of them.
     *
     * @throws CloudException NotFound
     */
    public StoragePoolView find(HostId host, String backend) {
        var reasons = drains();
        return fleet.find(host).stream()
                .flatMap(h -> views(h, reasons))
                .filter(p -> p.pool().backend().equals(backend))
                .findFirst()
                .orElseThrow(() -> new CloudException(
                        ErrorCode.NOT_FOUND, "The host " + host + " has no storage pool " + backend + "."));
    }

    /**
     * Lets a pool take nothing new; what is in it stays and goes on. Said again, the new reason stands.
     *
     * @param reason 1 to 255 characters on one line
     * @throws CloudException NotFound, InvalidParameterValue
     */
    @Transactional
    public StoragePoolView drain(HostId host, String backend, String reason) {
        if (!REASON.matcher(reason).matches()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "The reason of a drain has 1 to 255 characters, on one line.");
        }
        find(host, backend);
        jdbc.sql("""
                        INSERT INTO storage_pool_drain (host, backend, reason) VALUES (:host, :backend, :reason)
                        ON CONFLICT (host, backend) DO UPDATE SET reason = :reason
                        """)
                .param("host", host.value())
                .param("backend", backend)
                .param("reason", reason)
                .update();
        return find(host, backend);
    }

    /**
     * Lets a pool take volumes again; does nothing when it may.
     *
     * @throws CloudException NotFound
     */
    @Transactional
    public StoragePoolView open(HostId host, String backend) {
        jdbc.sql("DELETE FROM storage_pool_drain WHERE host = :host AND backend = :backend")
                .param("host", host.value())
                .param("backend", backend)
                .update();
        return find(host, backend);
    }

    private Stream<StoragePoolView> views(HostView host, Map<Drained, String> reasons) {
        var facts = host.facts();
        return facts == null
                ? Stream.empty()
                : facts.storage().stream().map(p -> view(host, p, reasons.get(new Drained(host.id(), p.backend()))));
    }

    private StoragePoolView view(HostView host, StoragePool pool, @Nullable String drained) {
        return new StoragePoolView(
                host.id(),
                host.name(),
                host.zone(),
                pool,
                (long) (pool.totalBytes() * capacity.diskOvercommit()),
                drained == null ? state(pool) : StoragePoolView.State.DRAINED,
                drained);
    }

    private StoragePoolView.State state(StoragePool pool) {
        var percent = PoolFill.of(pool).map(PoolFill::percent).orElse(0.0);
        if (percent >= properties.fullPercent()) {
            return StoragePoolView.State.FULL;
        }
        return percent >= properties.alarmPercent() ? StoragePoolView.State.FILLING : StoragePoolView.State.OPEN;
    }

    private record Drained(HostId host, String backend) {}

    private Map<Drained, String> drains() {
        var reasons = new HashMap<Drained, String>();
        jdbc.sql("SELECT host, backend, reason FROM storage_pool_drain").query(row -> {
            var pool = new Drained(new HostId(row.getString("host")), row.getString("backend"));
            reasons.put(pool, row.getString("reason"));
        });
        return reasons;
    }
}
