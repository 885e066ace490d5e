package io.croft.controller.network.address;

import io.croft.controller.context.CroftProperties;
import io.croft.types.Cidr;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.NetworkInterfaceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The pool of public addresses, without its first and last one. Claims are made as those of {@link PrivateAddresses}. An address that an interface gives up is
 * retired first: it is free for others only once the host has shown that it answers for it no more.
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
        var claimed = new HashMap<NetworkInterfaceId, String>();
        var last = pool.size().intValueExact() - 2;
        if (interfaces.isEmpty() || last < 1) {
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
                        INSERT INTO public_address (address, interface)
                        SELECT free.address, i.id FROM free JOIN unnest(:ids) WITH ORDINALITY AS i(id, n) USING (n)
                        ON CONFLICT DO NOTHING RETURNING address, interface
                        """)
                .param("base", pool.address(0))
                .param("start", random.nextInt(1, last + 1))
                .param("last", last)
                .param("class", LOCK_CLASS)
                .param("count", interfaces.size())
                .param("ids", interfaces.stream().map(NetworkInterfaceId::value).toArray(String[]::new))
                .query(row -> {
                    claimed.put(new NetworkInterfaceId(row.getString("interface")), row.getString("address"));
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

    /** Frees what was retired by the interfaces of a host that is proved to answer for nothing; returns how many. */
    public int freeOn(HostId host) {
        return jdbc.sql("""
                        DELETE FROM public_address p USING network_interface_placement h
                        WHERE h.interface = p.interface AND h.host = :host AND p.retired_generation IS NOT NULL
                            AND NOT EXISTS (SELECT FROM frozen f WHERE f.id = p.interface)
                        """).param("host", host.value()).update();
    }

    /** Frees what was retired at {@code inForce} or before. */
    public void free(NetworkInterfaceId id, Generation inForce) {
        jdbc.sql("DELETE FROM public_address WHERE interface = :id AND retired_generation <= :generation")
                .param("id", id.value())
                .param("generation", inForce.value())
                .update();
    }
}
