package io.croft.controller.restedge;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.FilterLimits;
import io.croft.controller.context.Query;
import io.croft.types.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listing's query string: {@code limit} and {@code cursor}, and every other parameter is a filter of its name, whose values are alternatives.
 */
final class ListingQuery {
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final String SIGNING_PREFIX = "X-Amz-";
    private static final int DEFAULT_LIMIT = 100;
    private static final int LEAST = 5;
    private static final int MOST = 1000;

    private ListingQuery() {}

    static Query of(HttpServletRequest request) {
        var filters = request.getParameterMap().entrySet().stream()
                .filter(p -> !p.getKey().equals(LIMIT)
                        && !p.getKey().equals(CURSOR)
                        && !p.getKey().startsWith(SIGNING_PREFIX))
                .map(p -> new Filter(p.getKey(), List.of(p.getValue())))
                .toList();
        return new Query(
                List.of(), FilterLimits.check(filters), limit(single(request, LIMIT)), single(request, CURSOR));
    }

    private static @Nullable String single(HttpServletRequest request, String name) {
        var values = request.getParameterValues(name);
        if (values != null && values.length > 1) {
            throw new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, "The parameter '" + name + "' is there twice.");
        }
        return values == null ? null : values[0];
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            var limit = Integer.parseInt(text);
            if (limit >= LEAST && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw RestFailures.failure(ErrorCode.INVALID_PARAMETER_VALUE, range(), e);
        }
        throw new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, range());
    }

    private static String range() {
        return "The parameter 'limit' must be from " + LEAST + " to " + MOST + ".";
    }
}
