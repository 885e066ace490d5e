package io.croft.controller.network.elasticip;

import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountHoldings;
import io.croft.controller.network.address.PublicAddresses;
import io.croft.controller.tags.Tags;
import io.croft.types.AccountId;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The elastic addresses of accounts that are deleted: each goes once no interface that is not going has it. */
@Component
class ElasticIpHoldings implements AccountHoldings {
    private final ElasticIpTable table;
    private final PublicAddresses addresses;
    private final Tags tags;

    ElasticIpHoldings(ElasticIpTable table, PublicAddresses addresses, Tags tags) {
        this.table = table;
        this.addresses = addresses;
        this.tags = tags;
    }

    @Override
    public List<AccountHolding> holdings(AccountId account) {
        return table.of(account).stream()
                .map(r -> new AccountHolding("elastic-ip", r.id().value(), r.address()))
                .toList();
    }

    @Override
    @Transactional
    public void endHoldings(AccountId account) {
        table.of(account).stream()
                .filter(r -> r.place() == null)
                .forEach(r -> table.lock(r.id())
                        .filter(held -> held.place() == null)
                        .ifPresent(held -> {
                            addresses.release(held.id());
                            table.delete(held.id());
                            tags.drop(List.of(held.id().value()));
                        }));
    }
}
