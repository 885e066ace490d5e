package io.croft.controller.identity;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The user whom a request is about. */
@Component
public class RequestedUser {
    private final Users users;
    private final Authorizer authorizer;

    RequestedUser(Users users, Authorizer authorizer) {
        this.users = users;
        this.authorizer = authorizer;
    }

    /**
     * Finds the user.
     *
     * @param name null for the caller
     * @param ofOthers what the caller must be allowed when it is another user
     * @throws CloudException NotFound when the account has no such user, UnauthorizedOperation
     */
    public User find(Caller caller, @Nullable String name, Access ofOthers) {
        var own = users.of(caller);
        if (name == null) {
            return own.orElseThrow(() -> new CloudException(ErrorCode.NOT_FOUND, "The user is gone."));
        }
        if (own.isPresent() && name.equals(own.get().name())) {
            return own.get();
        }
        authorizer.require(caller, ofOthers);
        return users.find(caller.account(), name)
                .orElseThrow(() ->
                        new CloudException(ErrorCode.NOT_FOUND, "The user with name " + name + " cannot be found."));
    }
}
