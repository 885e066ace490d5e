package io.croft.controller.compute;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many instances fail their status checks: {@code croft.compute.instances.impaired}, by {@code check}. */
@Component
class ImpairedInstances {
    private final JdbcClient jdbc;
    private final AtomicInteger instance;
    private final AtomicInteger system;

    ImpairedInstances(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.instance = gauge(meters, "instance");
        this.system = gauge(meters, "system");
    }

    private static AtomicInteger gauge(MeterRegistry meters, String check) {
        return Objects.requireNonNull(
                meters.gauge("croft.compute.instances.impaired", Tags.of("check", check), new AtomicInteger()));
    }

    @Scheduled(fixedDelayString = "PT10S")
    void count() {
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
