package io.croft.controller.adminapi.identity;

import io.croft.controller.identity.TokenSummary;
import io.croft.controller.identity.Tokens;
import io.croft.controller.restedge.RoleName;
import io.croft.rest.IssuedToken;
import io.croft.rest.Items;
import io.croft.rest.NewToken;
import io.croft.rest.TokenResource;
import io.croft.types.AccountId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The bearer tokens of accounts. */
@RestController
@RequestMapping("/admin/v1/accounts/{account}/tokens")
class TokenEndpoint {
    private final KnownAccounts accounts;
    private final Tokens tokens;

    TokenEndpoint(KnownAccounts accounts, Tokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    IssuedToken issue(@PathVariable AccountId account, @RequestBody NewToken request) {
        return new IssuedToken(request.name(), tokens.issue(account, request.user(), request.name()));
    }

    @GetMapping
    Items<TokenResource> list(@PathVariable AccountId account) {
        accounts.require(account);
        return new Items<>(
                tokens.list(account).stream().map(TokenEndpoint::resource).toList());
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable AccountId account, @PathVariable String name) {
        tokens.revoke(account, name);
    }

    private static TokenResource resource(TokenSummary token) {
        return new TokenResource(
                token.name(),
                token.account().value(),
                token.user(),
                RoleName.of(token.role()),
                token.created().toString());
    }
}
