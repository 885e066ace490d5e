package io.croft.controller.ec2api.kit;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.types.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The listing of things that the settings name and no table holds.
 *
 * @param noun in the error's sentence
 * @param values by filter name, how to find a thing's value
 */
public record StaticListing<T>(String noun, Map<String, Function<T, String>> values) {
    /**
     * Those of {@code all} that the query asks for.
     *
     * @param idFilter the filter that looks at what the query's ids name
     * @throws CloudException InvalidParameterValue for an unknown filter or one without values, or an id that is not there
     */
    public List<T> find(List<T> all, Query query, String idFilter) {
        query.filters().forEach(this::require);
        for (var id : query.ids()) {
            if (all.stream().noneMatch(t -> valueOf(t, idFilter).equals(id))) {
                throw new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, "Invalid " + noun + ": [" + id + "]");
            }
        }
        return all.stream()
                .filter(t -> query.ids().isEmpty() || query.ids().contains(valueOf(t, idFilter)))
                .filter(t -> query.filters().stream().allMatch(f -> passes(t, f)))
                .toList();
    }

    private void require(Filter filter) {
        if (!values.containsKey(filter.name())) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "The filter '" + filter.name() + "' is invalid");
        }
        filter.requireValues();
    }

    private boolean passes(T thing, Filter filter) {
        return filter.matches(valueOf(thing, filter.name()));
    }

    private String valueOf(T thing, String filter) {
        return Objects.requireNonNull(values.get(filter)).apply(thing);
    }
}
