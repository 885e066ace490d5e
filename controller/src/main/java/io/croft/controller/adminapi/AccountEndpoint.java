package io.croft.controller.adminapi;

import io.croft.controller.identity.Account;
import io.croft.controller.identity.Accounts;
import io.croft.rest.AccountResource;
import io.croft.rest.Items;
import io.croft.rest.NewAccount;
import io.croft.rest.Switch;
import io.croft.types.AccountId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts. */
@RestController
@RequestMapping("/admin/v1/accounts")
class AccountEndpoint {
    private final Accounts accounts;
    private final KnownAccounts known;

    AccountEndpoint(Accounts accounts, KnownAccounts known) {
        this.accounts = accounts;
        this.known = known;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    AccountResource create(@RequestBody NewAccount request) {
        return resource(accounts.create(request.name()));
    }

    @GetMapping
    Items<AccountResource> list() {
        return new Items<>(
                accounts.all().stream().map(AccountEndpoint::resource).toList());
    }

    @GetMapping("/{account}")
    AccountResource show(@PathVariable AccountId account) {
        return resource(known.require(account));
    }

    @PutMapping("/{account}/enabled")
    AccountResource enable(@PathVariable AccountId account, @RequestBody Switch request) {
        return resource(accounts.setEnabled(account, request.enabled()));
    }

    private static AccountResource resource(Account account) {
        return new AccountResource(
                account.id().value(), account.name(), account.created().toString(), account.enabled());
    }
}
