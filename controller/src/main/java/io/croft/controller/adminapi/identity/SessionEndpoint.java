package io.croft.controller.adminapi.identity;

import io.croft.controller.identity.SessionSummary;
import io.croft.controller.identity.Sessions;
import io.croft.rest.Items;
import io.croft.rest.SessionResource;
import io.croft.types.AccountId;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The temporary keys of accounts. */
@RestController
@RequestMapping("/admin/v1/accounts/{account}/sessions")
class SessionEndpoint {
    private final KnownAccounts accounts;
    private final Sessions sessions;

    SessionEndpoint(KnownAccounts accounts, Sessions sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /** Those whose time is not up yet, ended ones too. */
    @GetMapping
    Items<SessionResource> list(@PathVariable AccountId account) {
        accounts.require(account);
        return new Items<>(
                sessions.list(account).stream().map(SessionEndpoint::resource).toList());
    }

    /** Ends one before its time, at once; its lasting key and the others stay in use. */
    @DeleteMapping("/{session}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable AccountId account, @PathVariable String session) {
        accounts.require(account);
        sessions.end(account, session);
    }

    private static SessionResource resource(SessionSummary session) {
        return new SessionResource(
                session.id(),
                session.accessKey(),
                session.user(),
                Optional.ofNullable(session.issued()).map(Instant::toString).orElse(null),
                session.expires().toString(),
                Optional.ofNullable(session.ended()).map(Instant::toString).orElse(null));
    }
}
