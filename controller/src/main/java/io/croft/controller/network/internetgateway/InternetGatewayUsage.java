package io.croft.controller.network.internetgateway;

import io.croft.controller.quota.Quota;
import io.croft.controller.quota.UsageSource;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Counts an account's internet gateways. */
@Component
class InternetGatewayUsage implements UsageSource {
    @Override
    public Set<Quota> quotas() {
        return Set.of(Quota.INTERNET_GATEWAYS);
    }

    @Override
    public String counts() {
        return """
                SELECT count(*) AS internet_gateways FROM internet_gateway WHERE account = :account
                """;
    }
}
