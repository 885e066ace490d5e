package io.croft.controller.network.address;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.CroftProperties;
import io.croft.types.Cidr;
import io.croft.types.ElasticIpId;
import io.croft.types.ErrorCode;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.ResourceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The pool of public addresses, without its first and last one. Claims are made as those of {@link PrivateAddresses}. An address that an interface gives up is
 * retired first: it is free for others only once the host has shown that it answers for it no more. An elastic one stays its account's then, and is for its next interface, so that at no moment two
 * answer for it.
 */
@Component
public class PublicAddresses {
    private static final int LOCK_CLASS = 0x706f6f6c;

    private final JdbcClient jdbc;
    private final RandomGenerator random;
    private final Cidr pool;

    PublicAddresses(JdbcClient jdbc, RandomGenerator random, CroftProperties properties) {
        this.jdbc = jdbc;
        this.random = random;
        this.pool = new Cidr(properties.publicPool());
    }

    /** Takes an address for as many of the interfaces as there are free ones. */
    public Map<NetworkInterfaceId, String> claim(Collection<NetworkInterfaceId> interfaces) {
        return claim("interface", interfaces).entrySet().stream()
                .collect(Collectors.toMap(
                        e -> new NetworkInterfaceId(e.getKey()), Map.Entry::getValue, (a, _) -> a, HashMap::new));
    }

    /** Takes any address for an elastic one; empty when none is free. */
    public Optional<String> claim(ElasticIpId id) {
        return claim("elastic_ip", List.of(id)).values().stream().findFirst();
    }

    /**
     * Takes one certain address for an elastic one.
     *
     * @throws CloudException InvalidAddress.NotFound when it is none that the pool gives, InvalidIPAddress.InUse when it is taken
     */
    public void claim(ElasticIpId id, String address) {
        if (!pool.containsAddress(address)
                || address.equals(pool.address(0))
                || address.equals(pool.address(pool.size().longValueExact() - 1))) {
            throw CloudException.missing(
                    ErrorCode.ADDRESS_NOT_FOUND, "Address '" + address + "' not found.", List.of(address));
        }
        var taken = jdbc.sql("""
                        INSERT INTO public_address (address, elastic_ip)
                        SELECT :address, :id WHERE pg_try_advisory_xact_lock(:class, (CAST(:address AS inet) - '0.0.0.0'::inet - 2147483648)::int)
                        ON CONFLICT DO NOTHING
                        """)
                .param("address", address)
                .param("id", id.value())
                .param("class", LOCK_CLASS)
                .update();
        if (taken == 0) {
            throw new CloudException(ErrorCode.ADDRESS_IN_USE, "Address " + address + " is in use.");
        }
    }

    private Map<String, String> claim(String holder, Collection<? extends ResourceId> holders) {
        var claimed = new HashMap<String, String>();
        var last = pool.size().intValueExact() - 2;
        if (holders.isEmpty() || last < 1) {
            return claimed;
        }
        jdbc.sql("""
                        WITH free AS (
                            SELECT c.address, row_number() OVER () AS n FROM (
                                SELECT host(c.address) AS address FROM (
                                    SELECT :base::inet + generate_series(:start, :last) AS address
                                    UNION ALL SELECT :base::inet + generate_series(1, :start - 1)) c
                                WHERE CASE WHEN NOT EXISTS (SELECT FROM public_address p WHERE p.address = host(c.address))
                                    THEN pg_try_advisory_xact_lock(:class, (c.address - '0.0.0.0'::inet - 2147483648)::int) ELSE false END
                                LIMIT :count) c)
                        INSERT INTO public_address (address, HOLDER)
                        SELECT free.address, i.id FROM free JOIN unnest(:ids) WITH ORDINALITY AS i(id, n) USING (n)
                        ON CONFLICT DO NOTHING RETURNING address, HOLDER AS holder
                        """.replace("HOLDER", holder))
                .param("base", pool.address(0))
                .param("start", random.nextInt(1, last + 1))
                .param("last", last)
                .param("class", LOCK_CLASS)
                .param("count", holders.size())
                .param("ids", holders.stream().map(ResourceId::value).toArray(String[]::new))
                .query(row -> {
                    claimed.put(row.getString("holder"), row.getString("address"));
                });
        return claimed;
    }

    /** Lets go of an interface's address, to be free once the host has {@code generation} of the interface in force. */
    public void retire(NetworkInterfaceId id, Generation generation) {
        jdbc.sql(
                        "UPDATE public_address SET retired_generation = :generation WHERE interface = :id AND retired_generation IS NULL")
                .param("generation", generation.value())
                .param("id", id.value())
                .update();
    }

    /**
     * What became free.
     *
     * @param count all of it
     * @param elastic those that are for their next interface
     */
    public record Freed(int count, List<ElasticIpId> elastic) {
        public Freed {
            elastic = List.copyOf(elastic);
        }
    }

    /** Frees what was retired by the interfaces of a host that is proved to answer for nothing. */
    public Freed freeOn(HostId host) {
        return free("""
                p.retired_generation IS NOT NULL AND EXISTS (
                    SELECT FROM network_interface_placement h WHERE h.interface = p.interface AND h.host = :host)
                AND NOT EXISTS (SELECT FROM frozen f WHERE f.id = p.interface)
                """, Map.of("host", host.value()));
    }

    /** Frees what was retired at {@code inForce} or before. */
    public Freed free(NetworkInterfaceId id, Generation inForce) {
        return free(
                "p.interface = :id AND p.retired_generation <= :generation",
                Map.of("id", id.value(), "generation", inForce.value()));
    }

    /** Frees all that an interface held which is no more. */
    public Freed freeOf(NetworkInterfaceId id) {
        return free("p.interface = :id", Map.of("id", id.value()));
    }

    private Freed free(String condition, Map<String, Object> values) {
        var elastic = jdbc.sql("UPDATE public_address p SET interface = NULL, retired_generation = NULL"
                        + " WHERE p.elastic_ip IS NOT NULL AND " + condition + " RETURNING p.elastic_ip")
                .params(values)
                .query((row, _) -> new ElasticIpId(row.getString("elastic_ip")))
                .list();
        var others = jdbc.sql("DELETE FROM public_address p WHERE p.elastic_ip IS NULL AND " + condition)
                .params(values)
                .update();
        return new Freed(elastic.size() + others, elastic);
    }

    /**
     * Where an elastic address is.
     *
     * @param at the interface whose host was told of it last; null when no host answers for it
     * @param leaving whether that host was told to answer no more
     */
    public record Place(String address, @Nullable NetworkInterfaceId at, boolean leaving) {}

    /** Where an elastic address is, locked; empty when there is none of that id. Whoever changes one locks this first. */
    public Optional<Place> lock(ElasticIpId id) {
        return jdbc.sql("SELECT * FROM public_address WHERE elastic_ip = :id FOR UPDATE")
                .param("id", id.value())
                .query((row, _) -> {
                    var at = row.getString("interface");
                    return new Place(
                            row.getString("address"),
                            at == null ? null : new NetworkInterfaceId(at),
                            row.getObject("retired_generation") != null);
                })
                .optional();
    }

    /** Locks an elastic address and what an interface has, in an order that all keep to. */
    public void lock(ElasticIpId id, NetworkInterfaceId at) {
        jdbc.sql(
                        "SELECT address FROM public_address WHERE elastic_ip = :id OR interface = :at ORDER BY address FOR UPDATE")
                .param("id", id.value())
                .param("at", at.value())
                .query(String.class)
                .list();
    }

    /** Notes that an elastic address is an interface's now. */
    public void hand(ElasticIpId id, NetworkInterfaceId to) {
        jdbc.sql("UPDATE public_address SET interface = :to, retired_generation = NULL WHERE elastic_ip = :id")
                .param("to", to.value())
                .param("id", id.value())
                .update();
    }

    /** Gives an elastic address back to the pool, which has it once no host answers for it. */
    public void release(ElasticIpId id) {
        jdbc.sql("DELETE FROM public_address WHERE elastic_ip = :id AND interface IS NULL")
                .param("id", id.value())
                .update();
        jdbc.sql("UPDATE public_address SET elastic_ip = NULL WHERE elastic_ip = :id")
                .param("id", id.value())
                .update();
    }
}
