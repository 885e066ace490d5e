package io.croft.controller.adminapi;

import io.croft.controller.identity.AccessKeys;
import io.croft.controller.identity.Account;
import io.croft.controller.identity.Accounts;
import io.croft.rest.AccountResource;
import io.croft.rest.Items;
import io.croft.rest.NewAccessKey;
import io.croft.rest.NewAccount;
import io.croft.types.AccountId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts and their access keys. */
@RestController
@RequestMapping("/admin/v1/accounts")
class AccountEndpoint {
    private final Accounts accounts;
    private final AccessKeys keys;

    AccountEndpoint(Accounts accounts, AccessKeys keys) {
        this.accounts = accounts;
        this.keys = keys;
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

    @PostMapping("/{account}/access-keys")
    @ResponseStatus(HttpStatus.CREATED)
    NewAccessKey createKey(@PathVariable AccountId account) {
        var key = keys.create(account);
        return new NewAccessKey(key.id(), key.secret());
    }

    private static AccountResource resource(Account account) {
        return new AccountResource(
                account.id().value(), account.name(), account.created().toString());
    }
}
