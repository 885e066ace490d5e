package io.croft.controller.blockstorage.snapshot;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many snapshots there are, {@code croft.blockstorage.snapshots.count} by {@code state}. */
@Component
class SnapshotMeters {
    private final JdbcClient jdbc;
    private final MultiGauge snapshots;

    SnapshotMeters(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.snapshots =
                MultiGauge.builder("croft.blockstorage.snapshots.count").register(meters);
    }

    @Scheduled(fixedDelayString = "PT10S")
    void count() {
        List<Row<?>> counts = jdbc
                .sql("SELECT lower(state) AS state, count(*) AS many FROM snapshot GROUP BY state")
                .query((row, _) -> Row.of(Tags.of("state", row.getString("state")), row.getLong("many")))
                .list()
                .stream()
                .<Row<?>>map(r -> r)
                .toList();
        snapshots.register(counts, true);
    }
}
