package io.croft.controller.identity;

import io.croft.controller.context.Instants;
import io.croft.types.AccountId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Which temporary keys were handed out and which were ended, in PostgreSQL; forgotten once their time is up. */
@Component
class SessionTable {
    private final JdbcClient jdbc;
    private final Clock clock;

    SessionTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void issued(String id, AccessKey lasting, Instant issued, Instant expires) {
        jdbc.sql("INSERT INTO session (id, account, access_key, issued, expires)"
                        + " VALUES (:id, :account, :key, :issued, :expires)")
                .param("id", id)
                .param("account", lasting.account().value())
                .param("key", lasting.id())
                .param("issued", Instants.column(issued))
                .param("expires", Instants.column(expires))
                .update();
    }

    /** Ended again, or never recorded, it is ended all the same: only its id tells whose it is said to be. */
    void end(AccountId account, String id) {
        var now = clock.instant();
        jdbc.sql("""
            INSERT INTO session (id, account, expires, ended) VALUES (:id, :account, :expires, :now)
            ON CONFLICT (id) DO UPDATE SET ended = coalesce(session.ended, excluded.ended) WHERE session.account = :account
            """)
                .param("id", id)
                .param("account", account.value())
                .param("expires", Instants.column(now.plus(Sessions.LONGEST)))
                .param("now", Instants.column(now))
                .update();
    }

    boolean isEnded(AccountId account, String id) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM session WHERE id = :id AND account = :account AND ended IS NOT"
                        + " NULL)")
                .param("id", id)
                .param("account", account.value())
                .query(Boolean.class)
                .single();
    }

    List<SessionSummary> list(AccountId account) {
        return jdbc.sql("""
            SELECT s.*, u.name FROM session s LEFT JOIN access_key k ON k.id = s.access_key LEFT JOIN account_user u ON u.id = k.owner
            WHERE s.account = :account AND s.expires > :now ORDER BY s.issued NULLS FIRST, s.id
            """)
                .param("account", account.value())
                .param("now", Instants.column(clock.instant()))
                .query((row, _) -> new SessionSummary(
                        row.getString("id"),
                        row.getString("access_key"),
                        row.getString("name"),
                        Instants.ofNullable(row, "issued"),
                        Instants.of(row, "expires"),
                        Instants.ofNullable(row, "ended")))
                .list();
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    void forgetExpired() {
        jdbc.sql("DELETE FROM session WHERE expires <= :now")
                .param("now", Instants.column(clock.instant()))
                .update();
    }
}
