package io.croft.controller.context;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a Describe call asks for.
 *
 * @param ids exactly these, each of which must exist; empty for all
 * @param filters all of which must pass
 * @param maxResults the page's size; null for everything
 * @param nextToken where the last page ended; null for the first
 */
public record Query(
        List<String> ids,
        List<Filter> filters,
        @Nullable Integer maxResults,
        @Nullable String nextToken) {
    public static final Query ALL = new Query(List.of(), List.of(), null, null);

    public Query {
        ids = List.copyOf(ids);
        filters = List.copyOf(filters);
    }

    public static Query ofIds(List<String> ids) {
        return new Query(ids, List.of(), null, null);
    }

    /**
     * The same query for the resources of these names, too.
     *
     * @param idOf the id of the resource with a name, or throws that there is none
     */
    public Query andNamed(List<String> names, UnaryOperator<String> idOf) {
        var all = Stream.concat(ids.stream(), names.stream().map(idOf)).toList();
        return new Query(all, filters, maxResults, nextToken);
    }

    /** The same query with more filters. */
    public Query and(List<Filter> more) {
        return new Query(ids, Stream.concat(filters.stream(), more.stream()).toList(), maxResults, nextToken);
    }
}
