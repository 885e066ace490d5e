package io.croft.controller.network.vpc;

import io.croft.controller.quota.Quota;
import io.croft.controller.quota.UsageSource;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Counts an account's VPCs. */
@Component
class VpcUsage implements UsageSource {
    @Override
    public Set<Quota> quotas() {
        return Set.of(Quota.VPCS);
    }

    @Override
    public String counts() {
        return """
                SELECT count(*) AS vpcs FROM vpc WHERE account = :account
                """;
    }
}
