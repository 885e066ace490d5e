package io.croft.controller.identity;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import org.springframework.stereotype.Component;

/** The one place that says what a role may do. Which account's resources exist for a caller is not asked here: another account's do not. */
@Component
public final class Authorizer {
    /** Whether the caller's role allows it. */
    public boolean allows(Caller caller, Access access) {
        return switch (access) {
            case READ, OWN_CREDENTIALS -> true;
            case WRITE -> caller.role() != Role.READER;
            case MONITOR -> caller.account().equals(Account.DEPLOYMENT);
            case OPERATE -> caller.role() == Role.OPERATOR;
        };
    }

    /**
     * Does nothing when the caller's role allows it.
     *
     * @throws CloudException UnauthorizedOperation when it does not
     */
    public void require(Caller caller, Access access) {
        if (!allows(caller, access)) {
            throw new CloudException(
                    ErrorCode.UNAUTHORIZED_OPERATION,
                    "You are not authorized to perform this operation.",
                    caller.principal() + " wants " + access,
                    null);
        }
    }
}
