package io.croft.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.types.InstanceState;
import java.security.SecureRandom;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Tenants, guests and bad luck at random, from a seed that is printed and can be given again with {@code -Dcroft.seed=}: whatever happened, once it ends
 * all comes to rest as it was asked, and nothing is left over.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsClusterIT {
    private static final int SHORT = 60;
    private static final int LONG = 400;
    private static final int ROUNDS = 10;

    private final Cluster cluster = Cluster.start();

    @BeforeAll
    void hosts() {
        cluster.addHost();
        cluster.addHost();
        cluster.addHost();
        cluster.awaitReady();
    }

    @AfterAll
    void end() {
        cluster.close();
    }

    @Test
    void allComesRightAfterAFewFaults() {
        survive(seed(), SHORT);
    }

    @Test
    @Tag("long")
    void allComesRightAfterManyFaults() {
        for (var round = 0; round < ROUNDS; round++) {
            survive(seed() + round, LONG);
        }
    }

    private static long seed() {
        return Objects.requireNonNullElseGet(Long.getLong("croft.seed"), () -> new SecureRandom().nextLong());
    }

    private void survive(long seed, int steps) {
        System.out.println("FaultsClusterIT: -Dcroft.seed=" + seed);
        var tenant = cluster.tenant();
        var havoc = new Havoc(cluster, tenant, cluster.image(tenant), seed);
        try (var watch = new Watch(cluster)) {
            havoc.run(steps);
            cluster.hosts().forEach(ClusterHost::heal);
            cluster.awaitSettled();
            var known = havoc.expectations().known();
            assertThat(havoc.expectations().wrong(cluster.show(tenant, known))).isEmpty();
            cluster.instances().terminate(tenant, known);
            cluster.await(tenant, known, InstanceState.TERMINATED);
            cluster.awaitEmpty();
            assertThat(watch.seen()).isEmpty();
        } catch (AssertionError | RuntimeException e) {
            havoc.story().forEach(System.out::println);
            throw e;
        }
    }
}
