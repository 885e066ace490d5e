package io.croft.controller.network;

import io.croft.controller.quota.Quota;
import io.croft.controller.quota.UsageSource;
import io.croft.types.AccountId;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Counts an account's security groups. */
@Component
class SecurityGroupUsage implements UsageSource {
    private final JdbcClient jdbc;

    SecurityGroupUsage(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<Quota> quotas() {
        return Set.of(Quota.SECURITY_GROUPS);
    }

    @Override
    public Map<Quota, Long> used(AccountId account) {
        return Map.of(
                Quota.SECURITY_GROUPS,
                jdbc.sql("SELECT count(*) FROM security_group WHERE account = :account")
                        .param("account", account.value())
                        .query(Long.class)
                        .single());
    }
}
