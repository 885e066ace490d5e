package io.croft.controller.fleet;

import io.croft.types.HostId;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Capacity that is set aside: claims in the pool of a resource. Who draws one holds it instead of the pool, which changes no sum, and by {@link Capacity#release} it falls back into the pool, in the same
 * statement; so nobody else can take what is set aside, at no moment. Whoever draws of a pool or ends it holds a lock of the pool's resource.
 */
@Component
public class ClaimPools {
    /** That nobody holds the claim {@code c}. */
    private static final String FREE = "starts_with(c.holder, c.pool || '/')";

    /** That the host {@code h} takes instances and has what is claimed of it: it may have shrunk since, or more was found on it by a restore. */
    private static final String GIVES =
            "(" + Capacity.TAKES + " AND EXISTS (SELECT FROM host_capacity k WHERE k.host = h.id"
                    + " AND k.claimed_vcpus <= k.vcpus AND k.claimed_memory <= k.memory_bytes))";

    private final JdbcClient jdbc;

    ClaimPools(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What of a pool is on one host.
     *
     * @param takes whether the host takes instances now: it is {@code READY}, not cordoned, no restore waits for it, and no more of it is
     *     claimed than it has
     * @param free claims that nobody holds
     * @param held claims that somebody holds
     */
    public record Share(String pool, HostId host, boolean takes, int free, int held) {}

    /** The pools' shares, by pool and host. */
    public List<Share> shares(Collection<String> pools) {
        return pools.isEmpty()
                ? List.of()
                : jdbc.sql("SELECT c.pool, c.host, " + GIVES + " AS takes, count(*) FILTER (WHERE " + FREE
                                + ") AS free, count(*) AS claims FROM host_claim c JOIN host h ON h.id = c.host"
                                + " WHERE c.pool = ANY(:pools) GROUP BY c.pool, c.host, h.id ORDER BY c.pool, c.host")
                        .param("pools", pools.toArray(String[]::new))
                        .query((row, _) -> new Share(
                                row.getString("pool"),
                                new HostId(row.getString("host")),
                                row.getBoolean("takes"),
                                row.getInt("free"),
                                row.getInt("claims") - row.getInt("free")))
                        .list();
    }

    /** Has the claims' holders hold what is free in their pools; false, and nothing is changed, when there is too little of it or the host takes no instances. */
    boolean draw(HostId host, List<Claim> claims) {
        var byPool = claims.stream().collect(Collectors.groupingBy(c -> Objects.requireNonNull(c.pool())));
        var drawn = byPool.entrySet().stream()
                .mapToInt(e -> draw(host, e.getKey(), e.getValue()))
                .sum();
        if (drawn < claims.size()) {
            putBack(host, claims.stream().map(c -> c.holder().value()).toList());
        }
        return drawn == claims.size();
    }

    private int draw(HostId host, String pool, List<Claim> claims) {
        var amount = claims.getFirst().amount();
        return jdbc.sql("WITH free AS (SELECT c.holder, row_number() OVER (ORDER BY c.holder) AS n FROM host_claim c"
                        + " JOIN host h ON h.id = c.host WHERE c.host = :host AND c.pool = :pool AND " + FREE + " AND "
                        + GIVES + " AND c.vcpus = :vcpus AND c.memory_bytes = :memory)"
                        + " UPDATE host_claim c SET holder = w.holder FROM free f"
                        + " JOIN unnest(:holders::text[]) WITH ORDINALITY w (holder, n) USING (n)"
                        + " WHERE c.host = :host AND c.holder = f.holder")
                .param("host", host.value())
                .param("pool", pool)
                .param("vcpus", (long) amount.vcpus())
                .param("memory", amount.memoryBytes())
                .param("holders", claims.stream().map(c -> c.holder().value()).toArray(String[]::new))
                .update();
    }

    /** Lets those of the claims that are a pool's fall back into it; returns how many are. */
    int putBack(HostId host, Collection<String> holders) {
        // Never by its holder's name, under which it may have left a free claim before.
        return jdbc.sql(
                        "UPDATE host_claim c SET holder = c.pool || '/' || gen_random_uuid() WHERE c.host = :host AND NOT "
                                + FREE + " AND c.pool IS NOT NULL AND c.holder = ANY(:holders)")
                .param("host", host.value())
                .param("holders", holders.toArray(String[]::new))
                .update();
    }

    /** Those that hold something of any pool on a host, {@code others} aside. */
    List<String> heldBesides(HostId host, Collection<String> others) {
        return jdbc.sql("SELECT c.holder FROM host_claim c WHERE c.host = :host AND c.pool IS NOT NULL AND NOT " + FREE
                        + " AND c.holder <> ALL(:others)")
                .param("host", host.value())
                .param("others", others.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** Some of the free claims on a host, by the names of their holders. */
    List<String> free(HostId host, String pool, int most) {
        return jdbc.sql("SELECT c.holder FROM host_claim c WHERE c.host = :host AND c.pool = :pool AND " + FREE
                        + " ORDER BY c.holder LIMIT :most")
                .param("host", host.value())
                .param("pool", pool)
                .param("most", most)
                .query(String.class)
                .list();
    }

    /** Lets the holders keep what they hold of a pool for themselves. */
    void leave(String pool) {
        jdbc.sql("UPDATE host_claim c SET pool = NULL WHERE c.pool = :pool AND NOT " + FREE)
                .param("pool", pool)
                .update();
    }
}
