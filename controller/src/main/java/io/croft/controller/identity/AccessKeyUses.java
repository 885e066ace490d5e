package io.croft.controller.identity;

import io.croft.controller.context.Instants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The last uses of access keys, written down once in five minutes for each key, so that a request costs no write. Only keys that proved a request are remembered, so requests
 * that fail cannot fill the memory.
 */
@Component
class AccessKeyUses {
    private static final Duration EVERY = Duration.ofMinutes(5);

    private final ConcurrentHashMap<String, Instant> written = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;
    private final Clock clock;

    AccessKeyUses(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void note(String accessKeyId, String service, String region) {
        var now = clock.instant();
        var last = written.get(accessKeyId);
        if (last != null && now.isBefore(last.plus(EVERY))) {
            return;
        }
        var first =
                last == null ? written.putIfAbsent(accessKeyId, now) == null : written.replace(accessKeyId, last, now);
        if (first) {
            write(accessKeyId, new AccessKeyUse(now, service, region));
        }
    }

    /** Not when another process wrote in the meantime. */
    private void write(String accessKeyId, AccessKeyUse use) {
        jdbc.sql("""
                        UPDATE access_key SET last_used = :used, last_service = :service, last_region = :region
                        WHERE id = :id AND (last_used IS NULL OR last_used <= :before)
                        """)
                .param("used", Instants.column(use.used()))
                .param("service", use.service())
                .param("region", use.region())
                .param("id", accessKeyId)
                .param("before", Instants.column(use.used().minus(EVERY)))
                .update();
    }

    Optional<AccessKeyUse> last(String accessKeyId) {
        return jdbc.sql("SELECT * FROM access_key WHERE id = :id AND last_used IS NOT NULL")
                .param("id", accessKeyId)
                .query((row, _) -> new AccessKeyUse(
                        Instants.of(row, "last_used"), row.getString("last_service"), row.getString("last_region")))
                .optional();
    }
}
