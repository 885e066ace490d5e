package io.croft.controller.awsedge;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parameters that an action cannot do without: AWS's request classes do not say which they are. */
public final class Given {
    private Given() {}

    /**
     * Returns the value.
     *
     * @param name as on the wire
     * @throws CloudException MissingParameter when it is null
     */
    public static <T> T value(@Nullable T value, String name) {
        if (value == null) {
            throw missing(name);
        }
        return value;
    }

    /**
     * Returns the list.
     *
     * @throws CloudException MissingParameter when it is empty
     */
    public static <T> List<T> list(List<T> list, String name) {
        if (list.isEmpty()) {
            throw missing(name);
        }
        return list;
    }

    /** A parameter that is not there. */
    public static CloudException missing(String name) {
        return new CloudException(ErrorCode.MISSING_PARAMETER, "The request must contain the parameter " + name);
    }

    /** A value that EC2 knows and that asks for what is not there. */
    public static CloudException unsupported(String name, String value) {
        return new CloudException(
                ErrorCode.UNSUPPORTED_OPERATION,
                "The value '" + value + "' of the parameter " + name + " is not supported");
    }

    /** A value that a parameter cannot have. */
    public static CloudException invalid(String name, String value) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, "Invalid value '" + value + "' for " + name);
    }
}
