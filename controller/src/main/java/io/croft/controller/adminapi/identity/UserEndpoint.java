package io.croft.controller.adminapi.identity;

import io.croft.controller.identity.Users;
import io.croft.controller.restedge.IdentityForm;
import io.croft.controller.restedge.RoleName;
import io.croft.rest.Items;
import io.croft.rest.NewUser;
import io.croft.rest.UserChange;
import io.croft.rest.UserResource;
import io.croft.types.AccountId;
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

/** The users of accounts. */
@RestController
@RequestMapping("/admin/v1/accounts/{account}/users")
class UserEndpoint {
    private final KnownAccounts accounts;
    private final Users users;

    UserEndpoint(KnownAccounts accounts, Users users) {
        this.accounts = accounts;
        this.users = users;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    UserResource create(@PathVariable AccountId account, @RequestBody NewUser request) {
        return IdentityForm.write(users.create(account, request.name(), RoleName.parse(request.role())));
    }

    @GetMapping
    Items<UserResource> list(@PathVariable AccountId account) {
        accounts.require(account);
        return new Items<>(users.list(account).stream().map(IdentityForm::write).toList());
    }

    @PutMapping("/{name}")
    UserResource change(@PathVariable AccountId account, @PathVariable String name, @RequestBody UserChange request) {
        return IdentityForm.write(users.setRole(account, name, RoleName.parse(request.role())));
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable AccountId account, @PathVariable String name) {
        users.delete(account, name);
    }
}
