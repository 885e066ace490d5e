package io.croft.controller.adminapi.identity;

import io.croft.controller.identity.AccessKeys;
import io.croft.controller.restedge.IdentityForm;
import io.croft.rest.AccessKeyResource;
import io.croft.rest.Items;
import io.croft.rest.KeyHolder;
import io.croft.rest.NewAccessKey;
import io.croft.rest.Switch;
import io.croft.types.AccountId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The access keys of accounts. */
@RestController
@RequestMapping("/admin/v1/accounts/{account}/access-keys")
class AccessKeyEndpoint {
    private final KnownAccounts accounts;
    private final AccessKeys keys;

    AccessKeyEndpoint(KnownAccounts accounts, AccessKeys keys) {
        this.accounts = accounts;
        this.keys = keys;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    NewAccessKey create(@PathVariable AccountId account, @RequestBody(required = false) @Nullable KeyHolder holder) {
        var user = holder == null ? null : holder.user();
        var key = user == null ? keys.create(account) : keys.create(account, user);
        return new NewAccessKey(key.id(), key.secret());
    }

    @GetMapping
    Items<AccessKeyResource> list(@PathVariable AccountId account) {
        accounts.require(account);
        return new Items<>(keys.list(account).stream().map(IdentityForm::write).toList());
    }

    @PutMapping("/{key}/enabled")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void enable(@PathVariable AccountId account, @PathVariable String key, @RequestBody Switch request) {
        keys.setActive(account, key, request.enabled());
    }

    @DeleteMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable AccountId account, @PathVariable String key) {
        keys.delete(account, key);
    }
}
