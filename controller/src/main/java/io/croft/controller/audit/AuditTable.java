package io.croft.controller.audit;

import io.croft.controller.context.Instants;
import io.croft.types.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The trail in PostgreSQL. */
@Component
class AuditTable implements AuditTrail {
    private final JdbcClient jdbc;

    AuditTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The answer does not wait for the disk: what a crash of the database could take is the trail's last half second. */
    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void append(AuditEntry entry) {
        jdbc.sql("SET LOCAL synchronous_commit TO off").update();
        var account = entry.account();
        jdbc.sql("""
                        INSERT INTO audit (at, account, principal, action, resource, source_address, request_id, outcome)
                        VALUES (:at, :account, :principal, :action, :resource, :source, :request, :outcome)
                        """)
                .param("at", Instants.column(entry.at()))
                .param("account", account == null ? null : account.value())
                .param("principal", entry.principal())
                .param("action", entry.action())
                .param("resource", entry.resource())
                .param("source", entry.sourceAddress())
                .param("request", entry.requestId())
                .param("outcome", entry.outcome())
                .update();
    }

    @Override
    public List<AuditEntry> newest(AccountId account, int limit) {
        return jdbc.sql("SELECT * FROM audit WHERE account = :account ORDER BY id DESC LIMIT :limit")
                .param("account", account.value())
                .param("limit", limit)
                .query(AuditTable::entry)
                .list();
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                Instants.of(row, "at"),
                new AccountId(row.getString("account")),
                row.getString("principal"),
                row.getString("action"),
                row.getString("resource"),
                row.getString("source_address"),
                row.getString("request_id"),
                row.getString("outcome"));
    }
}
