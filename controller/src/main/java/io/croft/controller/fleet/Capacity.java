package io.croft.controller.fleet;

import io.croft.controller.context.CroftProperties;
import io.croft.protocol.HostFacts;
import io.croft.types.HostId;
import io.croft.types.ResourceId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is promised of each host. Both calls belong into the caller's transaction and lock the host's capacity until it ends: a transaction
 * that claims of several hosts claims in the order of their ids.
 *
 * <p>Capacity in PostgreSQL: the sums on the host's row decide, the claims below it say whose they are, and one statement writes both.
 */
@Component
public class Capacity {
    /** That the host {@code h} takes instances. */
    static final String TAKES =
            "(h.state = 'READY' AND h.cordon IS NULL AND NOT EXISTS (SELECT FROM host_recovery r WHERE r.host = h.id))";

    private final JdbcClient jdbc;
    private final ClaimPools pools;
    private final CroftProperties properties;
    private final FleetProperties fleet;

    Capacity(JdbcClient jdbc, ClaimPools pools, CroftProperties properties, FleetProperties fleet) {
        this.jdbc = jdbc;
        this.pools = pools;
        this.properties = properties;
        this.fleet = fleet;
    }

    /** The virtual bytes of disks that are promised of each byte of a host's storage. */
    public double diskOvercommit() {
        return fleet.diskOvercommit();
    }

    /**
     * Takes all of the claims or none, in one statement that checks the host again; those on what was set aside in another before it.
     *
     * @return whether they were taken; false when the host is not {@code READY}, is cordoned or has too little left, free or set aside, which is a lost race
     * @throws org.springframework.dao.DuplicateKeyException when a holder already has a claim on the host
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean claim(HostId host, List<Claim> claims) {
        if (claims.isEmpty()) {
            throw new IllegalArgumentException("nothing to claim");
        }
        var drawn = claims.stream().filter(Claim::drawn).toList();
        var fresh = claims.stream().filter(c -> !c.drawn()).toList();
        if (!drawn.isEmpty() && !pools.draw(host, drawn)) {
            return false;
        }
        if (fresh.isEmpty() || take(host, fresh)) {
            return true;
        }
        pools.putBack(host, drawn.stream().map(c -> c.holder().value()).toList());
        return false;
    }

    private boolean take(HostId host, List<Claim> claims) {
        var written = jdbc.sql("""
                        WITH wanted AS (
                            SELECT * FROM unnest(:holders::text[], :vcpus::bigint[], :memory::bigint[], :disk::bigint[], :pools::text[])
                                AS w (holder, vcpus, memory, disk, pool)
                        ), total AS (
                            SELECT sum(vcpus) AS vcpus, sum(memory) AS memory, sum(disk) AS disk FROM wanted
                        ), taken AS (
                            UPDATE host_capacity c
                            SET claimed_vcpus = c.claimed_vcpus + t.vcpus,
                                claimed_memory = c.claimed_memory + t.memory,
                                claimed_disk = c.claimed_disk + t.disk
                            FROM total t
                            WHERE c.host = :host
                              AND (t.vcpus = 0 OR c.claimed_vcpus + t.vcpus <= c.vcpus)
                              AND (t.memory = 0 OR c.claimed_memory + t.memory <= c.memory_bytes)
                              AND (t.disk = 0 OR c.claimed_disk + t.disk <= c.disk_bytes)
                              AND EXISTS (SELECT FROM host h WHERE h.id = c.host AND %s)
                            RETURNING c.host
                        )
                        INSERT INTO host_claim (host, holder, vcpus, memory_bytes, disk_bytes, pool)
                        SELECT taken.host, CASE WHEN w.pool IS NULL THEN w.holder ELSE w.pool || '/' || gen_random_uuid() END,
                            w.vcpus, w.memory, w.disk, w.pool
                        FROM taken, wanted w
                        """.formatted(TAKES))
                .param("host", host.value())
                .param("holders", claims.stream().map(c -> c.holder().value()).toArray(String[]::new))
                .param(
                        "vcpus",
                        claims.stream().map(c -> (long) c.amount().vcpus()).toArray(Long[]::new))
                .param(
                        "memory",
                        claims.stream().map(c -> c.amount().memoryBytes()).toArray(Long[]::new))
                .param("disk", claims.stream().map(c -> c.amount().diskBytes()).toArray(Long[]::new))
                .param("pools", claims.stream().map(Claim::pool).toArray(String[]::new))
                .update();
        return written > 0;
    }

    /**
     * Takes so much more of the host's disk for one that has a claim on it, in one statement that checks the host again. One that takes no new instances has room for what it keeps all the same.
     *
     * @return whether it was taken; false when the host has too little left or the holder has no claim on it
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean grow(HostId host, ResourceId holder, long diskBytes) {
        return jdbc.sql("""
                        WITH taken AS (
                            UPDATE host_capacity c SET claimed_disk = c.claimed_disk + :more
                            WHERE c.host = :host AND c.claimed_disk + :more <= c.disk_bytes
                              AND EXISTS (SELECT FROM host_claim k WHERE k.host = c.host AND k.holder = :holder)
                            RETURNING c.host
                        )
                        UPDATE host_claim k SET disk_bytes = k.disk_bytes + :more
                        FROM taken t WHERE k.host = t.host AND k.holder = :holder
                        """)
                        .param("host", host.value())
                        .param("holder", holder.value())
                        .param("more", diskBytes)
                        .update()
                > 0;
    }

    /** Gives back so much of the host's disk of what {@code holder} has claimed; does nothing when it has nothing. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lessen(HostId host, ResourceId holder, long diskBytes) {
        jdbc.sql("""
                        WITH given AS (
                            UPDATE host_claim SET disk_bytes = disk_bytes - :less WHERE host = :host AND holder = :holder
                            RETURNING host
                        )
                        UPDATE host_capacity c SET claimed_disk = c.claimed_disk - :less FROM given g WHERE c.host = g.host
                        """)
                .param("host", host.value())
                .param("holder", holder.value())
                .param("less", diskBytes)
                .update();
    }

    /**
     * Makes these all that is claimed of the host beside what is set aside there, whether it has so much or not: they are there. What is held of a pool, and is as it was, stays the pool's.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void replace(HostId host, List<Claim> claims) {
        var holders = claims.stream().map(c -> c.holder().value()).toList();
        pools.putBack(host, pools.heldBesides(host, holders));
        jdbc.sql("DELETE FROM host_claim WHERE host = :host AND pool IS NULL AND holder <> ALL(:holders)")
                .param("host", host.value())
                .param("holders", holders.toArray(String[]::new))
                .update();
        for (var claim : claims) {
            jdbc.sql("""
                        INSERT INTO host_claim (host, holder, vcpus, memory_bytes, disk_bytes)
                        VALUES (:host, :holder, :vcpus, :memory, :disk)
                        ON CONFLICT (host, holder) DO UPDATE SET vcpus = :vcpus, memory_bytes = :memory, disk_bytes = :disk,
                            pool = CASE WHEN (host_claim.vcpus, host_claim.memory_bytes, host_claim.disk_bytes) = (:vcpus, :memory, :disk)
                                THEN host_claim.pool END
                        """)
                    .param("host", host.value())
                    .param("holder", claim.holder().value())
                    .param("vcpus", claim.amount().vcpus())
                    .param("memory", claim.amount().memoryBytes())
                    .param("disk", claim.amount().diskBytes())
                    .update();
        }
        jdbc.sql("""
                            UPDATE host_capacity c SET claimed_vcpus = coalesce(s.vcpus, 0), claimed_memory = coalesce(s.memory, 0),
                                claimed_disk = coalesce(s.disk, 0)
                            FROM (SELECT sum(vcpus) AS vcpus, sum(memory_bytes) AS memory, sum(disk_bytes) AS disk
                                FROM host_claim WHERE host = :host) s
                            WHERE c.host = :host
                            """).param("host", host.value()).update();
    }

    /** Gives back what {@code holder} has claimed of the host, to the pool that it came out of; does nothing when it has nothing. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void release(HostId host, ResourceId holder) {
        var holders = List.of(holder.value());
        if (pools.putBack(host, holders) == 0) {
            end(host, holders);
        }
    }

    /** Gives back up to {@code most} of what is set aside on the host and held by nobody; returns how many claims. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int shrink(HostId host, ResourceId pool, int most) {
        var free = pools.free(host, pool.value(), most);
        if (!free.isEmpty()) {
            end(host, free);
        }
        return free.size();
    }

    /** Ends a pool: what is held of it stays its holders', the rest is given back. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void dissolve(ResourceId pool) {
        pools.leave(pool.value());
        pools.shares(List.of(pool.value())).forEach(s -> shrink(s.host(), pool, Integer.MAX_VALUE));
    }

    private void end(HostId host, List<String> holders) {
        jdbc.sql("""
                        WITH given AS (
                            DELETE FROM host_claim WHERE host = :host AND holder = ANY(:holders)
                            RETURNING vcpus, memory_bytes, disk_bytes
                        )
                        UPDATE host_capacity c
                        SET claimed_vcpus = c.claimed_vcpus - g.vcpus,
                            claimed_memory = c.claimed_memory - g.memory,
                            claimed_disk = c.claimed_disk - g.disk
                        FROM (SELECT sum(vcpus) AS vcpus, sum(memory_bytes) AS memory, sum(disk_bytes) AS disk FROM given) g
                        WHERE c.host = :host AND g.vcpus IS NOT NULL
                        """)
                .param("host", host.value())
                .param("holders", holders.toArray(String[]::new))
                .update();
    }

    /** Sets what can be promised of the host: its facts less the reserve, times the over-commit. What is claimed stays claimed. */
    void resize(HostId host, HostFacts facts) {
        var capacity = promisable(facts);
        jdbc.sql("""
                        UPDATE host_capacity SET vcpus = :vcpus, memory_bytes = :memory, disk_bytes = :disk
                        WHERE host = :host AND (vcpus, memory_bytes, disk_bytes) IS DISTINCT FROM (:vcpus, :memory, :disk)
                        """)
                .param("host", host.value())
                .param("vcpus", (long) capacity.vcpus())
                .param("memory", capacity.memoryBytes())
                .param("disk", capacity.diskBytes())
                .update();
    }

    private Resources promisable(HostFacts facts) {
        var memory = Math.max(0, facts.memoryBytes() - fleet.memoryReserve().toBytes());
        var disk = facts.storage().stream()
                .mapToLong(HostFacts.StoragePool::totalBytes)
                .sum();
        return new Resources(
                (int) (facts.cpus() * properties.cpuOvercommit()),
                (long) (memory * properties.memoryOvercommit()),
                (long) (disk * fleet.diskOvercommit()));
    }
}
