package io.croft.controller.blockstorage.volume;

import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountHoldings;
import io.croft.types.AccountId;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The volumes of accounts that are deleted: one goes once no instance has it, and is there until its host has proved it gone. */
@Component
class VolumeHoldings implements AccountHoldings {
    private final VolumeTable table;
    private final VolumeMoveTable moves;
    private final VolumeEndings endings;

    VolumeHoldings(VolumeTable table, VolumeMoveTable moves, VolumeEndings endings) {
        this.table = table;
        this.moves = moves;
        this.endings = endings;
    }

    @Override
    public List<AccountHolding> holdings(AccountId account) {
        var left = moves.leftovers(account).stream()
                .map(l -> new AccountHolding(
                        "volume",
                        l.volume().value(),
                        "left over on " + l.place().host()));
        var volumes = table.of(account).stream()
                .map(v -> new AccountHolding(
                        "volume",
                        v.id().value(),
                        v.state().ec2Name() + ", " + v.shape().sizeGib() + " GiB"
                                + (v.place() == null ? "" : ", on " + v.place().host())));
        return Stream.concat(volumes, left).toList();
    }

    @Override
    @Transactional
    public void endHoldings(AccountId account) {
        endings.delete(table.loose(account));
    }
}
