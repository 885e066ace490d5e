package io.croft.controller.network.elasticip;

import io.croft.controller.quota.Quota;
import io.croft.controller.quota.UsageSource;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Counts an account's elastic addresses but for those that are counted as their interfaces'. */
@Component
class ElasticIpUsage implements UsageSource {
    @Override
    public Set<Quota> quotas() {
        return Set.of(Quota.ADDRESSES);
    }

    @Override
    public String counts() {
        return """
                SELECT count(*) AS addresses FROM elastic_ip e WHERE e.account = :account
                AND NOT EXISTS (SELECT FROM network_interface i WHERE i.public_address = e.address AND NOT i.releasing)
                """;
    }
}
