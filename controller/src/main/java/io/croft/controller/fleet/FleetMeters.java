package io.croft.controller.fleet;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What hosts have to promise and what is promised of it, over-commit included: {@code croft.fleet.capacity} and {@code croft.fleet.claimed}, by {@code host},
 * {@code zone} and {@code resource} ({@code vcpus}, {@code memory} and {@code disk}, the last two in bytes), and {@code croft.fleet.claims}, how many claims there are.
 */
@Component
class FleetMeters {
    private final JdbcClient jdbc;
    private final MultiGauge capacity;
    private final MultiGauge claimed;
    private final MultiGauge claims;

    FleetMeters(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.capacity = MultiGauge.builder("croft.fleet.capacity").register(meters);
        this.claimed = MultiGauge.builder("croft.fleet.claimed").register(meters);
        this.claims = MultiGauge.builder("croft.fleet.claims").register(meters);
    }

    private record Host(Tags tags, Resources capacity, Resources claimed, long claims) {}

    @Scheduled(fixedDelayString = "PT10S")
    void look() {
        var hosts = jdbc.sql("""
                        SELECT h.name, h.zone, c.*, (SELECT count(*) FROM host_claim p WHERE p.host = c.host) AS claims
                        FROM host h JOIN host_capacity c ON c.host = h.id
                        """).query((row, _) -> host(row)).list();
        capacity.register(
                hosts.stream().flatMap(h -> rows(h.tags(), h.capacity())).toList(), true);
        claimed.register(
                hosts.stream().flatMap(h -> rows(h.tags(), h.claimed())).toList(), true);
        claims.register(
                hosts.stream().<Row<?>>map(h -> Row.of(h.tags(), h.claims())).toList(), true);
    }

    private static Host host(ResultSet row) throws SQLException {
        return new Host(
                Tags.of("host", row.getString("name"), "zone", row.getString("zone")),
                new Resources(row.getInt("vcpus"), row.getLong("memory_bytes"), row.getLong("disk_bytes")),
                new Resources(row.getInt("claimed_vcpus"), row.getLong("claimed_memory"), row.getLong("claimed_disk")),
                row.getLong("claims"));
    }

    private static Stream<Row<?>> rows(Tags host, Resources amounts) {
        return Stream.of(
                Row.of(host.and("resource", "vcpus"), amounts.vcpus()),
                Row.of(host.and("resource", "memory"), amounts.memoryBytes()),
                Row.of(host.and("resource", "disk"), amounts.diskBytes()));
    }
}
