package io.croft.controller.hostlink;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How many documents each host has not in its ledger yet: {@code croft.hostlink.documents.behind}, by {@code host}. */
@Component
class DocumentMeters {
    private final JdbcClient jdbc;
    private final MultiGauge behind;

    DocumentMeters(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.behind = MultiGauge.builder("croft.hostlink.documents.behind").register(meters);
    }

    @Scheduled(fixedDelayString = "PT10S")
    void look() {
        behind.register(
                jdbc.sql("""
                        SELECT h.name, (
                            SELECT count(*) FROM host_document d
                            WHERE d.host = h.id AND d.revision > coalesce(s.applied_revision, 0)
                        ) AS behind
                        FROM host h LEFT JOIN host_session s ON s.host = h.id
                        """)
                        .query((row, _) -> Row.of(Tags.of("host", row.getString("name")), row.getLong("behind")))
                        .list(),
                true);
    }
}
