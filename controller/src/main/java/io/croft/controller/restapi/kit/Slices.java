package io.croft.controller.restapi.kit;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.rest.tenant.Slice;
import io.croft.types.ErrorCode;
import java.util.List;
import java.util.function.Function;

/** Pages of the modules as REST shows them. */
public final class Slices {
    private Slices() {}

    public static <T, R> Slice<R> of(Page<T> page, Function<T, R> form) {
        return new Slice<>(page.items().stream().map(form).toList(), page.nextToken());
    }

    /**
     * The query of a listing that has no filters.
     *
     * @throws CloudException InvalidParameterValue when it has one
     */
    public static Query unfiltered(Query query) {
        query.filters().stream().findFirst().ifPresent(filter -> {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "The filter '" + filter.name() + "' is invalid");
        });
        return query;
    }

    /** The query for one resource. */
    public static Query one(String id) {
        return Query.ofIds(List.of(id));
    }

    /**
     * The one resource that {@link #one} asked for.
     *
     * @throws CloudException NotFound when it ended at this very moment
     */
    public static <T> T only(Page<T> page) {
        return page.items().stream()
                .findFirst()
                .orElseThrow(() -> new CloudException(ErrorCode.NOT_FOUND, "The resource does not exist."));
    }
}
