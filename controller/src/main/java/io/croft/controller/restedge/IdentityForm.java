package io.croft.controller.restedge;

import io.croft.controller.identity.AccessKeySummary;
import io.croft.controller.identity.User;
import io.croft.rest.AccessKeyResource;
import io.croft.rest.UserResource;

/** Users and their access keys as REST shows them. */
public final class IdentityForm {
    private IdentityForm() {}

    public static UserResource write(User user) {
        return new UserResource(
                user.id(),
                user.account().value(),
                user.name(),
                RoleName.of(user.role()),
                user.created().toString());
    }

    public static AccessKeyResource write(AccessKeySummary key) {
        return new AccessKeyResource(
                key.id(),
                key.account().value(),
                key.user(),
                RoleName.of(key.role()),
                key.active(),
                key.created().toString());
    }
}
