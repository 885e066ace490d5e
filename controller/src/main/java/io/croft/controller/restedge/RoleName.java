package io.croft.controller.restedge;

import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.util.Arrays;
import java.util.Locale;

/** How a role is written in REST. */
public final class RoleName {
    private RoleName() {}

    public static String of(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The role of that name.
     *
     * @throws CloudException InvalidParameterValue
     */
    public static Role parse(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> of(role).equals(name))
                .findFirst()
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE, "role is reader, admin or operator, not \"" + name + "\"."));
    }
}
