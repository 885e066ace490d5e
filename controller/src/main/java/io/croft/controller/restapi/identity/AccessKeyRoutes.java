package io.croft.controller.restapi.identity;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.identity.Access;
import io.croft.controller.identity.AccessKeyUse;
import io.croft.controller.identity.AccessKeys;
import io.croft.controller.identity.RequestedUser;
import io.croft.controller.identity.User;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restedge.IdentityForm;
import io.croft.rest.AccessKeyResource;
import io.croft.rest.NewAccessKey;
import io.croft.rest.Switch;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.identity.AccessKeyLastUse;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The access keys of users: everybody's own, and an administrator's to look after for everybody. */
@RestController
@RequestMapping("/v1/users/{user}/access-keys")
class AccessKeyRoutes {
    private final AccessKeys keys;
    private final RequestedUser requested;

    AccessKeyRoutes(AccessKeys keys, RequestedUser requested) {
        this.keys = keys;
        this.requested = requested;
    }

    /** There are no filters. */
    @GetMapping
    Slice<AccessKeyResource> list(Caller caller, @PathVariable String user, Query query) {
        var holder = holder(caller, user);
        return Slices.of(keys.list(holder.account(), holder.name(), Slices.unfiltered(query)), IdentityForm::write);
    }

    @GetMapping("/{key}")
    AccessKeyResource show(Caller caller, @PathVariable String user, @PathVariable String key) {
        var holder = holder(caller, user);
        return IdentityForm.write(keys.held(holder.account(), holder.name(), key));
    }

    /** What the key was used for is noted every few minutes. */
    @GetMapping("/{key}/last-use")
    AccessKeyLastUse showLastUse(Caller caller, @PathVariable String user, @PathVariable String key) {
        var held = keys.held(caller.account(), holder(caller, user).name(), key);
        var use = keys.lastUse(held.account(), held.id());
        return new AccessKeyLastUse(
                held.id(),
                use.map(u -> u.used().toString()).orElse(null),
                use.map(AccessKeyUse::service).orElse(null),
                use.map(AccessKeyUse::region).orElse(null));
    }

    /** A user has two at most: one in use and one to change to. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<NewAccessKey> create(Caller caller, @PathVariable String user) {
        var holder = holder(caller, user);
        var key = keys.create(holder.account(), holder.name());
        return Answers.created(
                "/v1/users/" + holder.name() + "/access-keys", key.id(), new NewAccessKey(key.id(), key.secret()));
    }

    /** Takes a key into or out of use, at once. */
    @PutMapping("/{key}/enabled")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void enable(Caller caller, @PathVariable String user, @PathVariable String key, @RequestBody Switch request) {
        var held = keys.held(caller.account(), holder(caller, user).name(), key);
        keys.setActive(held.account(), held.id(), request.enabled());
    }

    @DeleteMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable String user, @PathVariable String key) {
        var held = keys.held(caller.account(), holder(caller, user).name(), key);
        keys.delete(held.account(), held.id());
    }

    private User holder(Caller caller, String user) {
        return requested.find(caller, user, Access.WRITE);
    }
}
