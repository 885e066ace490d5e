package io.croft.controller.network.eni;

import io.croft.controller.quota.Quota;
import io.croft.controller.quota.UsageSource;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Counts an account's interfaces and their public addresses, without those being released, which are no longer the account's. */
@Component
class InterfaceUsage implements UsageSource {
    @Override
    public Set<Quota> quotas() {
        return Set.of(Quota.NETWORK_INTERFACES, Quota.ADDRESSES);
    }

    @Override
    public String counts() {
        return """
                SELECT count(*) AS network_interfaces, count(public_address) AS addresses
                FROM network_interface WHERE account = :account AND NOT releasing
                """;
    }
}
