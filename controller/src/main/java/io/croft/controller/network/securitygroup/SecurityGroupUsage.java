package io.croft.controller.network.securitygroup;

import io.croft.controller.quota.Quota;
import io.croft.controller.quota.UsageSource;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Counts an account's security groups. */
@Component
class SecurityGroupUsage implements UsageSource {
    @Override
    public Set<Quota> quotas() {
        return Set.of(Quota.SECURITY_GROUPS);
    }

    @Override
    public String counts() {
        return """
                SELECT count(*) AS security_groups FROM security_group WHERE account = :account
                """;
    }
}
