package io.croft.controller.quota;

import io.croft.types.AccountId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code quota_account} and {@code quota_limit}. */
@Component
class QuotaTable {
    private final JdbcClient jdbc;

    QuotaTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Locks the account's row until the transaction ends. What is read after that includes what those had done who held it before. */
    void lock(AccountId account) {
        if (!tryLock(account)) {
            jdbc.sql("INSERT INTO quota_account (account) VALUES (:account) ON CONFLICT DO NOTHING")
                    .param("account", account.value())
                    .update();
            if (!tryLock(account)) {
                throw new IllegalStateException("account " + account + " has no row to lock");
            }
        }
    }

    private boolean tryLock(AccountId account) {
        return jdbc.sql("SELECT account FROM quota_account WHERE account = :account FOR UPDATE")
                .param("account", account.value())
                .query(String.class)
                .optional()
                .isPresent();
    }

    /** What the account has of all that the sources count, in one look; what several of them count is summed. */
    Map<Quota, Long> used(AccountId account, List<UsageSource> sources) {
        var sums = new EnumMap<Quota, String>(Quota.class);
        for (var i = 0; i < sources.size(); i++) {
            for (var quota : sources.get(i).quotas()) {
                sums.merge(quota, "s" + i + "." + quota.column(), (some, more) -> some + " + " + more);
            }
        }
        if (sums.isEmpty()) {
            return Map.of();
        }
        var columns = sums.entrySet().stream()
                .map(s -> s.getValue() + " AS " + s.getKey().column())
                .collect(Collectors.joining(", "));
        var counts = IntStream.range(0, sources.size())
                .mapToObj(i -> "(" + sources.get(i).counts() + ") AS s" + i)
                .collect(Collectors.joining(" CROSS JOIN "));
        return jdbc.sql("SELECT " + columns + " FROM " + counts)
                .param("account", account.value())
                .query((row, _) -> {
                    var used = new EnumMap<Quota, Long>(Quota.class);
                    for (var quota : sums.keySet()) {
                        used.put(quota, row.getLong(quota.column()));
                    }
                    return used;
                })
                .single();
    }

    /** The limits that the operator has set. */
    Map<Quota, Long> limits(AccountId account) {
        var limits = new EnumMap<Quota, Long>(Quota.class);
        jdbc.sql("SELECT quota, most FROM quota_limit WHERE account = :account")
                .param("account", account.value())
                .query(row -> {
                    limits.put(Quota.valueOf(row.getString("quota")), row.getLong("most"));
                });
        return limits;
    }

    void set(AccountId account, Quota quota, long limit) {
        jdbc.sql("""
                        INSERT INTO quota_limit (account, quota, most) VALUES (:account, :quota, :most)
                        ON CONFLICT (account, quota) DO UPDATE SET most = excluded.most
                        """)
                .param("account", account.value())
                .param("quota", quota.name())
                .param("most", limit)
                .update();
    }

    void reset(AccountId account, Quota quota) {
        jdbc.sql("DELETE FROM quota_limit WHERE account = :account AND quota = :quota")
                .param("account", account.value())
                .param("quota", quota.name())
                .update();
    }

    /** Forgets an account. */
    void forget(AccountId account) {
        for (var table : List.of("quota_limit", "quota_account")) {
            jdbc.sql("DELETE FROM " + table + " WHERE account = :account")
                    .param("account", account.value())
                    .update();
        }
    }
}
