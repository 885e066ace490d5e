package io.croft.controller.restapi.identity;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.identity.Access;
import io.croft.controller.identity.RequestedUser;
import io.croft.controller.identity.Users;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restedge.IdentityForm;
import io.croft.controller.restedge.RoleName;
import io.croft.rest.UserResource;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.identity.CallerIdentity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The users of the caller's account, whom the operator makes, and which of them the caller is. */
@RestController
@RequestMapping("/v1")
class UserRoutes {
    private final Users users;
    private final RequestedUser requested;

    UserRoutes(Users users, RequestedUser requested) {
        this.users = users;
        this.requested = requested;
    }

    @GetMapping("/caller")
    CallerIdentity caller(Caller caller) {
        var user = requested.find(caller, null, Access.READ);
        return new CallerIdentity(user.account().value(), user.id(), user.name(), user.arn(), RoleName.of(user.role()));
    }

    /** By name. There are no filters. */
    @GetMapping("/users")
    Slice<UserResource> list(Caller caller, Query query) {
        return Slices.of(users.list(caller.account(), Slices.unfiltered(query)), IdentityForm::write);
    }

    @GetMapping("/users/{user}")
    UserResource show(Caller caller, @PathVariable String user) {
        return IdentityForm.write(requested.find(caller, user, Access.READ));
    }
}
