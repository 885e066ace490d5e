package io.croft.controller.adminapi.identity;

import io.croft.controller.identity.Account;
import io.croft.controller.identity.AccountDeletions;
import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountState;
import io.croft.controller.identity.Accounts;
import io.croft.rest.AccountHoldingResource;
import io.croft.rest.AccountResource;
import io.croft.rest.Items;
import io.croft.rest.NewAccount;
import io.croft.rest.Switch;
import io.croft.types.AccountId;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts. */
@RestController
@RequestMapping("/admin/v1/accounts")
class AccountEndpoint {
    private final Accounts accounts;
    private final AccountDeletions deletions;
    private final KnownAccounts known;

    AccountEndpoint(Accounts accounts, AccountDeletions deletions, KnownAccounts known) {
        this.accounts = accounts;
        this.deletions = deletions;
        this.known = known;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    AccountResource create(@RequestBody NewAccount request) {
        return resource(accounts.create(request.name()));
    }

    /**
     * Oldest first.
     *
     * @param deleted whether the deleted ones are listed, too
     */
    @GetMapping
    Items<AccountResource> list(@RequestParam(defaultValue = "false") boolean deleted) {
        return new Items<>(accounts.all().stream()
                .filter(a -> deleted || a.state() != AccountState.DELETED)
                .map(this::resource)
                .toList());
    }

    @GetMapping("/{account}")
    AccountResource show(@PathVariable AccountId account) {
        return resource(known.require(account));
    }

    /** What would go with an account, or is left of one that is being deleted. */
    @GetMapping("/{account}/holdings")
    Items<AccountHoldingResource> holdings(@PathVariable AccountId account) {
        return new Items<>(forms(deletions.holdings(known.require(account).id())));
    }

    /**
     * Its users, keys, tokens and sessions end at once; what it has ends as its hosts can.
     *
     * @param force whether it is deleted with what it has; else it must have nothing
     */
    @DeleteMapping("/{account}")
    AccountResource delete(@PathVariable AccountId account, @RequestParam(defaultValue = "false") boolean force) {
        return resource(deletions.delete(account, force));
    }

    @PutMapping("/{account}/enabled")
    AccountResource enable(@PathVariable AccountId account, @RequestBody Switch request) {
        return resource(accounts.setEnabled(account, request.enabled()));
    }

    private AccountResource resource(Account account) {
        return new AccountResource(
                account.id().value(),
                account.name(),
                account.created().toString(),
                account.enabled(),
                account.state().name().toLowerCase(Locale.ROOT),
                account.since().toString(),
                account.state() == AccountState.DELETING ? forms(deletions.holdings(account.id())) : List.of());
    }

    private static List<AccountHoldingResource> forms(List<AccountHolding> holdings) {
        return holdings.stream()
                .map(h -> new AccountHoldingResource(h.type(), h.id(), h.detail()))
                .toList();
    }
}
