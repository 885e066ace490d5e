package io.croft.controller.restore;

import io.croft.controller.identity.RestoredAccounts;
import io.croft.controller.restore.Decision.Action;
import io.croft.protocol.VolumeSpec;
import io.croft.types.AccountId;
import io.croft.types.VolumeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Names what is adopted only to end with its account, which was deleted. */
@Component
class EndedAdoptions {
    private final RestoredAccounts accounts;

    EndedAdoptions(RestoredAccounts accounts) {
        this.accounts = accounts;
    }

    Stream<RestoreLine> of(Plan plan) {
        var byAccount = new TreeMap<AccountId, List<Decision>>(Comparator.comparing(AccountId::value));
        Stream.concat(plan.instances(Action.ADOPT).stream(), plan.volumes(Action.ADOPT).stream())
                .forEach(d -> account(plan, d)
                        .filter(accounts::ends)
                        .ifPresent(a -> byAccount
                                .computeIfAbsent(a, _ -> new ArrayList<>())
                                .add(d)));
        return byAccount.entrySet().stream().map(e -> line(e.getKey(), e.getValue()));
    }

    private static Optional<AccountId> account(Plan plan, Decision adopted) {
        var host = Objects.requireNonNull(adopted.host());
        return plan.account(adopted)
                .or(() -> plan.volume(host, new VolumeId(adopted.id())).map(VolumeSpec::account));
    }

    private static RestoreLine line(AccountId account, List<Decision> adopted) {
        var hosts = adopted.stream().map(d -> Objects.requireNonNull(d.host()).value());
        return new RestoreLine(
                "account " + account,
                Action.END.word(),
                hosts.distinct().sorted().collect(Collectors.joining(", ")),
                "It was deleted, and its deletion goes on: what only hosts know of it ends, protected or not: "
                        + adopted.stream().map(Decision::id).collect(Collectors.joining(", "))
                        + ". What is to be kept has to be saved before this is applied; --without leaves a host out.");
    }
}
