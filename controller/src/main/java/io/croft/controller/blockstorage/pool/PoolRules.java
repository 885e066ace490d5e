package io.croft.controller.blockstorage.pool;

import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.HostView;
import io.croft.controller.placement.StorageNeed;
import io.croft.protocol.HostFacts.StoragePool;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which of a host's pools keeps a new volume, and whether it may; pure.
 *
 * @param overcommit the virtual bytes that are promised of each byte of a pool
 * @param drained the drivers of each host whose pools take nothing new
 */
public record PoolRules(StorageProperties properties, double overcommit, Map<HostId, Set<String>> drained) {
    private static final long GIB = 1L << 30;

    public PoolRules {
        drained = Map.copyOf(drained);
    }

    /** The pool of the host that keeps a new volume of the type; empty when it offers none. */
    Optional<StoragePool> of(HostView host, String type) {
        var facts = host.facts();
        if (facts == null) {
            return Optional.empty();
        }
        var own = properties.backends().get(type);
        var wanted = own != null
                ? Stream.of(own)
                : Stream.concat(
                        properties.preferred().stream(),
                        facts.storage().stream().map(StoragePool::backend));
        var out = drained.getOrDefault(host.id(), Set.of());
        return wanted.filter(backend -> !out.contains(backend))
                .flatMap(backend ->
                        facts.storage().stream().filter(p -> p.backend().equals(backend)))
                .findFirst();
    }

    /** What volumes need of the host that is to make them. */
    public StorageNeed need(List<WantedDisk> disks) {
        return host -> refusal(host, disks);
    }

    /**
     * The same.
     *
     * @throws CloudException InsufficientVolumeCapacity when the host offers none
     */
    public StoragePool require(HostView host, String type) {
        return of(host, type)
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INSUFFICIENT_VOLUME_CAPACITY,
                        "The instance's host offers no storage for " + type + " volumes."));
    }

    /** Why the host cannot take the volumes; empty when it can. */
    Optional<String> refusal(HostView host, List<WantedDisk> disks) {
        var bytes = new HashMap<StoragePool, Long>();
        for (var disk : disks) {
            var pool = of(host, disk.type());
            if (pool.isEmpty()) {
                return Optional.of("offers no storage for " + disk.type() + " volumes");
            }
            bytes.merge(pool.get(), disk.bytes(), Long::sum);
        }
        return bytes.entrySet().stream()
                .map(wanted -> refusal(host, wanted.getKey(), wanted.getValue()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What is promised of a host in all is what its claims say; of several pools, one may be promised all the same. */
    private Optional<String> refusal(HostView host, StoragePool pool, long bytes) {
        if (PoolFill.of(pool)
                .filter(f -> f.percent() >= properties.fullPercent())
                .isPresent()) {
            return Optional.of("has a pool, " + pool.backend() + ", of which "
                    + PoolFill.of(pool).orElseThrow() + " is taken: from " + properties.fullPercent()
                    + " % on nothing is made there");
        }
        var provisioned = pool.provisionedBytes();
        var promisable = (long) (pool.totalBytes() * overcommit);
        var alone = Objects.requireNonNull(host.facts()).storage().size() == 1;
        return provisioned == null || alone || provisioned + bytes <= promisable
                ? Optional.empty()
                : Optional.of("has promised " + provisioned / GIB + " of " + promisable / GIB + " GiB of its pool "
                        + pool.backend() + ": no room for " + bytes / GIB + " more");
    }
}
