package io.croft.controller.network.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.controller.identity.Accounts;
import io.croft.controller.network.vpc.Subnets;
import io.croft.types.Cidr;
import io.croft.types.ErrorCode;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SubnetId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Many transactions at once take the addresses of a small block: never one twice, never one that is reserved, and all of them in the end. */
@SpringBootTest
class AddressClaimsIT {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Cidr BLOCK = new Cidr("172.31.0.0/26");

    @Autowired
    Accounts accounts;

    @Autowired
    Subnets subnets;

    @Autowired
    PrivateAddresses addresses;

    @Autowired
    PublicAddresses pool;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private SubnetId subnet;

    @BeforeEach
    void start() {
        var account = accounts.create("addresses" + NAMES.incrementAndGet()).id();
        var caller = new Caller(account, "test", Role.ADMIN, "request", "127.0.0.1");
        subnet = subnets.describe(caller, Query.ALL).items().getFirst().id();
    }

    /** In a transaction that also satisfies the foreign key. */
    private List<String> claim(Random random, int count) {
        return transaction.execute(_ -> {
            var ids = IntStream.range(0, count)
                    .mapToObj(_ -> NetworkInterfaceId.random(random))
                    .toList();
            ids.forEach(this::insertInterface);
            return List.copyOf(addresses.claim(subnet, BLOCK, ids).values());
        });
    }

    private void insertInterface(NetworkInterfaceId id) {
        jdbc.sql("""
                        INSERT INTO network_interface SELECT :id, account, vpc, id, zone, '', 'mac ' || :id, '', NULL, true, 1, false FROM subnet WHERE id = :subnet
                        """).param("id", id.value()).param("subnet", subnet.value()).update();
    }

    @Test
    void concurrentClaimsNeverMeet() throws Exception {
        var seed = System.nanoTime();
        System.out.println("AddressClaimsIT seed " + seed);
        Set<String> given = ConcurrentHashMap.newKeySet();
        var total = new AtomicInteger();
        var tasks = new ArrayList<Callable<Void>>();
        for (var task = 0; task < 10; task++) {
            var random = new Random(seed + task);
            tasks.add(() -> {
                while (true) {
                    try {
                        var some = claim(random, 1 + random.nextInt(3));
                        total.addAndGet(some.size());
                        given.addAll(some);
                    } catch (CloudException e) {
                        assertThat(e.code()).isEqualTo(ErrorCode.INSUFFICIENT_FREE_ADDRESSES);
                        return null;
                    }
                }
            });
        }
        try (var threads = Executors.newFixedThreadPool(10)) {
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
        fillUp(given, total);
        assertThat(total).hasValue(PrivateAddresses.usable(BLOCK));
        assertThat(given).hasSize(PrivateAddresses.usable(BLOCK));
        var reserved = Set.of("172.31.0.0", "172.31.0.1", "172.31.0.2", "172.31.0.3", "172.31.0.63");
        assertThat(given).doesNotContainAnyElementsOf(reserved).allMatch(BLOCK::containsAddress);
    }

    /** Whoever gave up while another held an address for a moment left some: one after the other they are all there. */
    private void fillUp(Set<String> given, AtomicInteger total) {
        var random = new Random(1);
        while (total.get() < PrivateAddresses.usable(BLOCK)) {
            given.addAll(claim(random, 1));
            total.incrementAndGet();
        }
        assertThatThrownBy(() -> claim(random, 1)).isInstanceOf(CloudException.class);
    }

    @Test
    void aCertainAddressIsTakenOnce() {
        var random = new Random(2);
        var wanted = "172.31.0.20";
        claimCertain(random, wanted);
        assertThatThrownBy(() -> claimCertain(random, wanted))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ADDRESS_IN_USE));
        for (var impossible :
                List.of("172.31.0.0", "172.31.0.3", "172.31.0.63", "172.31.0.64", "10.0.0.1", "nonsense")) {
            assertThatThrownBy(() -> claimCertain(random, impossible))
                    .isInstanceOfSatisfying(
                            CloudException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
        }
    }

    private void claimCertain(Random random, String address) {
        transaction.executeWithoutResult(_ -> {
            var id = NetworkInterfaceId.random(random);
            insertInterface(id);
            addresses.claim(subnet, BLOCK, address, id);
        });
    }

    @Test
    void thePoolGivesAsManyAsItHas() {
        var random = new Random(3);
        var given = new HashSet<String>();
        for (var round = 0; round < 4; round++) {
            given.addAll(transaction.execute(_ -> {
                var ids = IntStream.range(0, 100)
                        .mapToObj(_ -> NetworkInterfaceId.random(random))
                        .toList();
                ids.forEach(this::insertInterface);
                return List.copyOf(pool.claim(ids).values());
            }));
        }
        assertThat(given).doesNotContain("198.18.0.0", "198.18.0.255").contains("198.18.0.1", "198.18.0.254");
        var left = jdbc.sql("SELECT count(*) FROM public_address")
                .query(Integer.class)
                .single();
        assertThat(left).isEqualTo(254);
        jdbc.sql("DELETE FROM network_interface WHERE mac LIKE 'mac %'").update();
    }
}
