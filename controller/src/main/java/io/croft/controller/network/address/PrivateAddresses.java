package io.croft.controller.network.address;

import io.croft.controller.context.CloudException;
import io.croft.types.Cidr;
import io.croft.types.ErrorCode;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SubnetId;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The addresses of subnets that are taken. EC2 keeps the first four of a block and the last one for itself.
 *
 * <p>A claim never waits for another transaction: it passes over numbers that one is just taking, which that one's advisory lock tells, and the
 * primary key has the last word.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html">Subnet sizing</a>
 */
@Component
public class PrivateAddresses {
    /** Addresses of a block that nobody gets. */
    public static final int RESERVED = 5;

    private static final int FIRST = 4;
    private static final int TRIES = 5;

    private final JdbcClient jdbc;
    private final RandomGenerator random;

    PrivateAddresses(JdbcClient jdbc, RandomGenerator random) {
        this.jdbc = jdbc;
        this.random = random;
    }

    /** How many addresses of the block can be given. */
    public static int usable(Cidr block) {
        return block.size().intValueExact() - RESERVED;
    }

    /**
     * Takes one free address for each interface.
     *
     * @throws CloudException InsufficientFreeAddressesInSubnet when there are not as many
     */
    public Map<NetworkInterfaceId, String> claim(
            SubnetId subnet, Cidr block, Collection<NetworkInterfaceId> interfaces) {
        var claimed = new HashMap<NetworkInterfaceId, String>();
        var last = FIRST + usable(block) - 1;
        for (var attempt = 0; attempt < TRIES && claimed.size() < interfaces.size(); attempt++) {
            var left = new ArrayList<>(interfaces);
            left.removeAll(claimed.keySet());
            var start = random.nextInt(FIRST, last + 1);
            tryClaim(subnet, start, last, left).forEach((id, number) -> claimed.put(id, block.address(number)));
        }
        if (claimed.size() < interfaces.size()) {
            throw new CloudException(
                    ErrorCode.INSUFFICIENT_FREE_ADDRESSES,
                    "There are not enough free addresses in subnet '" + subnet
                            + "' to satisfy the requested number of instances");
        }
        return claimed;
    }

    private Map<NetworkInterfaceId, Integer> tryClaim(
            SubnetId subnet, int start, int last, List<NetworkInterfaceId> interfaces) {
        var claimed = new HashMap<NetworkInterfaceId, Integer>();
        jdbc.sql("""
                        WITH free AS (
                            SELECT c.number, row_number() OVER () AS n FROM (
                                SELECT c.number FROM (
                                    SELECT generate_series(:start, :last) AS number
                                    UNION ALL SELECT generate_series(:first, :start - 1)) c
                                WHERE CASE WHEN NOT EXISTS (
                                        SELECT FROM private_address p WHERE p.subnet = :subnet AND p.number = c.number)
                                    THEN pg_try_advisory_xact_lock(hashtext(:subnet), c.number) ELSE false END
                                LIMIT :count) c)
                        INSERT INTO private_address (subnet, number, interface)
                        SELECT :subnet, free.number, i.id FROM free JOIN unnest(:ids) WITH ORDINALITY AS i(id, n) USING (n)
                        ON CONFLICT DO NOTHING RETURNING number, interface
                        """)
                .param("subnet", subnet.value())
                .param("start", start)
                .param("first", FIRST)
                .param("last", last)
                .param("count", interfaces.size())
                .param("ids", interfaces.stream().map(NetworkInterfaceId::value).toArray(String[]::new))
                .query(row -> {
                    claimed.put(new NetworkInterfaceId(row.getString("interface")), row.getInt("number"));
                });
        return claimed;
    }

    /**
     * Takes one certain address.
     *
     * @throws CloudException InvalidParameterValue when the block has no such address to give, InvalidIPAddress.InUse when it is taken
     */
    public void claim(SubnetId subnet, Cidr block, String address, NetworkInterfaceId id) {
        var taken = jdbc.sql("""
                        INSERT INTO private_address (subnet, number, interface)
                        SELECT :subnet, :number, :id WHERE pg_try_advisory_xact_lock(hashtext(:subnet), :number)
                        ON CONFLICT DO NOTHING
                        """)
                .param("subnet", subnet.value())
                .param("number", number(block, address))
                .param("id", id.value())
                .update();
        if (taken == 0) {
            throw new CloudException(ErrorCode.ADDRESS_IN_USE, "Address " + address + " is in use.");
        }
    }

    private static int number(Cidr block, String address) {
        if (!block.containsAddress(address)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Address " + address + " does not fall within the subnet's address range");
        }
        var number = bits(address) - bits(block.address(0));
        if (number < FIRST || number >= FIRST + usable(block)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "Address " + address + " is in subnet's reserved address range");
        }
        return number;
    }

    private static int bits(String address) {
        return ByteBuffer.wrap(InetAddress.ofLiteral(address).getAddress()).getInt();
    }

    /** How many addresses of each subnet are taken; subnets with none are left out. */
    public Map<String, Integer> taken(Collection<String> subnets) {
        var taken = new HashMap<String, Integer>();
        jdbc.sql("SELECT subnet, count(*) AS taken FROM private_address WHERE subnet = ANY(:ids) GROUP BY subnet")
                .param("ids", subnets.toArray(String[]::new))
                .query(row -> {
                    taken.put(row.getString("subnet"), row.getInt("taken"));
                });
        return taken;
    }
}
