package io.croft.controller.audit;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Instants;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The trail in PostgreSQL. */
@Component
class AuditTable implements AuditTrail {
    private static final int MOST = 1000;

    private final JdbcClient jdbc;

    AuditTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In one statement, which is its own transaction. The answer does not wait for the disk: what a crash of the database could take is the trail's last half second. */
    @Override
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public void append(AuditEntry entry) {
        var account = entry.account();
        jdbc.sql("""
                        INSERT INTO audit (at, account, principal, action, resource, source_address, request_id, outcome)
                        SELECT :at, :account, :principal, :action, :resource, :source, :request, :outcome
                        FROM (SELECT set_config('synchronous_commit', 'off', true)) AS hurry
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
    @Transactional(readOnly = true)
    public Page<AuditEntry> find(AuditQuery query) {
        if (query.size() < 1 || query.size() > MOST) {
            throw new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, "A page has 1 to " + MOST + " entries.");
        }
        var conditions = conditions(query);
        var rows = jdbc.sql("SELECT * FROM audit WHERE " + String.join(" AND ", conditions.keySet())
                        + " ORDER BY id DESC LIMIT :limit")
                .params(conditions.values().stream()
                        .flatMap(c -> c.entrySet().stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .param("limit", query.size() + 1)
                .query((row, _) -> new Row(row.getLong("id"), entry(row)))
                .list();
        var page = rows.subList(0, Math.min(rows.size(), query.size()));
        return new Page<>(
                page.stream().map(Row::entry).toList(),
                rows.size() > page.size() ? Long.toString(page.getLast().id()) : null);
    }

    private record Row(long id, AuditEntry entry) {}

    /** Each condition with its parameters. */
    private static Map<String, Map<String, Object>> conditions(AuditQuery query) {
        var conditions = new LinkedHashMap<String, Map<String, Object>>();
        conditions.put("true", Map.of());
        var account = query.account();
        if (account != null) {
            conditions.put("account = :account", Map.of("account", account.value()));
        }
        like(conditions, "principal", query.principal());
        like(conditions, "action", query.action());
        like(conditions, "resource", query.resource());
        like(conditions, "outcome", query.outcome());
        if (query.refused()) {
            conditions.put("outcome <> :success", Map.of("success", AuditEntry.SUCCESS));
        }
        var from = query.from();
        if (from != null) {
            conditions.put("at >= :from", Map.of("from", Instants.column(from)));
        }
        var before = query.before();
        if (before != null) {
            conditions.put("at < :before", Map.of("before", Instants.column(before)));
        }
        var token = query.nextToken();
        if (token != null) {
            conditions.put("id < :after", Map.of("after", place(token)));
        }
        return conditions;
    }

    private static void like(Map<String, Map<String, Object>> conditions, String column, @Nullable String value) {
        if (value != null) {
            conditions.put(column + " LIKE :" + column, Map.of(column, Listing.pattern(value)));
        }
    }

    private static long place(String token) {
        try {
            return Long.parseLong(token);
        } catch (NumberFormatException e) {
            throw new CloudException(
                    ErrorCode.INVALID_PAGINATION_TOKEN, "The pagination token is invalid: '" + token + "'", "", e);
        }
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                Instants.of(row, "at"),
                Optional.ofNullable(row.getString("account"))
                        .map(AccountId::new)
                        .orElse(null),
                row.getString("principal"),
                row.getString("action"),
                row.getString("resource"),
                row.getString("source_address"),
                row.getString("request_id"),
                row.getString("outcome"));
    }
}
