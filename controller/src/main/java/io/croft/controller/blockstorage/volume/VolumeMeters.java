package io.croft.controller.blockstorage.volume;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many volumes there are, {@code croft.blockstorage.volumes} by {@code state} and {@code zone}, and how many GiB they have, {@code croft.blockstorage.volumes.gib}. */
@Component
class VolumeMeters {
    private final JdbcClient jdbc;
    private final MultiGauge volumes;
    private final MultiGauge gib;

    VolumeMeters(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.volumes = MultiGauge.builder("croft.blockstorage.volumes").register(meters);
        this.gib = MultiGauge.builder("croft.blockstorage.volumes.gib").register(meters);
    }

    private record Count(Tags tags, long volumes, long gib) {}

    @Scheduled(fixedDelayString = "PT10S")
    void count() {
        var counts = jdbc.sql(
                        "SELECT state, zone, count(*) AS many, sum(size_gib) AS gib FROM volume GROUP BY state, zone")
                .query((row, _) -> new Count(
                        Tags.of(
                                "state",
                                VolumeState.valueOf(row.getString("state")).ec2Name(),
                                "zone",
                                row.getString("zone")),
                        row.getLong("many"),
                        row.getLong("gib")))
                .list();
        volumes.register(counts.stream().map(c -> Row.of(c.tags(), c.volumes())).toList(), true);
        gib.register(counts.stream().map(c -> Row.of(c.tags(), c.gib())).toList(), true);
    }
}
