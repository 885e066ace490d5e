package io.croft.controller.blockstorage.capture;

import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountHoldings;
import io.croft.types.AccountId;
import java.util.List;
import org.springframework.stereotype.Component;

/** What hosts keep of snapshots of accounts that are deleted: it goes once the snapshots have been told to. */
@Component
class CaptureHoldings implements AccountHoldings {
    private final CaptureTable table;

    CaptureHoldings(CaptureTable table) {
        this.table = table;
    }

    @Override
    public List<AccountHolding> holdings(AccountId account) {
        return table.of(account).stream()
                .map(c -> new AccountHolding("snapshot", c.snapshot().value(), "of " + c.volume() + ", on " + c.host()))
                .toList();
    }

    /** The snapshots' own holdings end them. */
    @Override
    public void endHoldings(AccountId account) {}
}
