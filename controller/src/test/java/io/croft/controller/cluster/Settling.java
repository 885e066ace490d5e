package io.croft.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Waits for order to return. */
final class Settling {
    private Settling() {}

    /** Waits, as long as was promised, until nothing is wrong any more. */
    static void await(Supplier<List<String>> wrongs) {
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(wrongs.get()).isEmpty());
    }
}
