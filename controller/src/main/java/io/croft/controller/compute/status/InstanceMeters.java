package io.croft.controller.compute.status;

import io.croft.controller.compute.instance.LostHosts;
import io.croft.types.InstanceState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * How many instances there are, {@code croft.compute.instances} by {@code state} and {@code zone}, and how many fail their status checks,
 * {@code croft.compute.instances.impaired} by {@code check}; and how many hold something on a host that is away until their end is proved,
 * {@code croft.compute.instances.held} by {@code host}.
 */
@Component
class InstanceMeters {
    private final JdbcClient jdbc;
    private final MultiGauge instances;
    private final MultiGauge held;
    private final LostHosts lost;
    private final AtomicInteger instance;
    private final AtomicInteger system;

    InstanceMeters(JdbcClient jdbc, LostHosts lost, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.lost = lost;
        this.instances = MultiGauge.builder("croft.compute.instances").register(meters);
        this.held = MultiGauge.builder("croft.compute.instances.held").register(meters);
        this.instance = gauge(meters, "instance");
        this.system = gauge(meters, "system");
    }

    private static AtomicInteger gauge(MeterRegistry meters, String check) {
        return Objects.requireNonNull(
                meters.gauge("croft.compute.instances.impaired", Tags.of("check", check), new AtomicInteger()));
    }

    @Scheduled(fixedDelayString = "PT10S")
    void count() {
        instances.register(
                jdbc.sql("SELECT state, zone, count(*) AS many FROM instance GROUP BY state, zone")
                        .query((row, _) -> Row.of(
                                Tags.of(
                                        "state",
                                        InstanceState.valueOf(row.getString("state"))
                                                .ec2Name(),
                                        "zone",
                                        row.getString("zone")),
                                row.getLong("many")))
                        .list(),
                true);
        held.register(
                lost.held().entrySet().stream()
                        .<Row<?>>map(e -> Row.of(Tags.of("host", e.getKey().value()), e.getValue()))
                        .toList(),
                true);
        jdbc.sql(
                        "SELECT count(*) FILTER (WHERE %s = 'IMPAIRED'), count(*) FILTER (WHERE %s = 'IMPAIRED') FROM %s WHERE i.state = 'RUNNING'"
                                .formatted(
                                        InstanceStatuses.INSTANCE_CHECK,
                                        InstanceStatuses.SYSTEM_CHECK,
                                        InstanceStatuses.TABLES))
                .query(row -> {
                    instance.set(row.getInt(1));
                    system.set(row.getInt(2));
                });
    }
}
