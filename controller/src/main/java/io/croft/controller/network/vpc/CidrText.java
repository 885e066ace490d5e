package io.croft.controller.network.vpc;

import io.croft.controller.context.CloudException;
import io.croft.types.Cidr;
import io.croft.types.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Blocks of IPv4 addresses as requests write them. */
public final class CidrText {
    private CidrText() {}

    /**
     * The block; bits beyond its prefix count for nothing, as in EC2's {@code 100.68.0.18/18}.
     *
     * @throws CloudException InvalidParameterValue for what is none of IPv4
     */
    public static Cidr read(String text) {
        try {
            var cidr = Cidr.around(text);
            if (cidr.ipv4()) {
                return cidr;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(text, e);
        }
        throw invalid(text, null);
    }

    private static CloudException invalid(String text, @Nullable Exception cause) {
        return new CloudException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Value (" + text + ") for parameter cidrBlock is invalid. This is not a valid CIDR block.",
                "",
                cause);
    }
}
