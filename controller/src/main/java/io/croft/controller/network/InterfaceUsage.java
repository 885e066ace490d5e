package io.croft.controller.network;

import io.croft.controller.quota.Quota;
import io.croft.controller.quota.UsageSource;
import io.croft.types.AccountId;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts an account's interfaces and their public addresses, without those being released, which are no longer the account's. */
@Component
class InterfaceUsage implements UsageSource {
    private final JdbcClient jdbc;

    InterfaceUsage(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<Quota> quotas() {
        return Set.of(Quota.NETWORK_INTERFACES, Quota.ADDRESSES);
    }

    @Override
    public Map<Quota, Long> used(AccountId account) {
        return jdbc.sql("""
                        SELECT count(*) AS interfaces, count(public_address) AS addresses
                        FROM network_interface WHERE account = :account AND NOT releasing
                        """)
                .param("account", account.value())
                .query((row, _) -> Map.of(
                        Quota.NETWORK_INTERFACES, row.getLong("interfaces"),
                        Quota.ADDRESSES, row.getLong("addresses")))
                .single();
    }
}
