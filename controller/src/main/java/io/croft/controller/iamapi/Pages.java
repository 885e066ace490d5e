package io.croft.controller.iamapi;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.types.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters that IAM's lists share. */
final class Pages {
    private static final int USUAL = 100;
    private static final int LARGEST = 1000;

    private Pages() {}

    /**
     * The page that a request asks for.
     *
     * @param size 100 when it is null
     * @param marker where the last page ended; null for the first
     * @throws CloudException InvalidParameterValue when the size is not from 1 to 1000
     */
    static Query of(@Nullable Integer size, @Nullable String marker) {
        if (size != null && (size < 1 || size > LARGEST)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Value '" + size + "' at 'maxItems' failed to satisfy constraint: from 1 to " + LARGEST);
        }
        return new Query(List.of(), List.of(), size == null ? USUAL : size, marker);
    }
}
