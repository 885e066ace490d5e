package io.croft.controller.context;

import io.croft.types.ErrorCode;
import io.croft.types.ResourceId;
import io.croft.types.ResourceType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The filters that a listing knows, and where the values of each are found. */
final class DeclaredFilters {
    private final Map<String, Target> targets = new TreeMap<>();
    private final Map<String, ResourceType> idFilters = new TreeMap<>();
    private @Nullable String taggedKey;

    /** Where a filter's values are found. */
    sealed interface Target {
        /** One value a row. */
        record Column(String expression) implements Target {}

        /** Any number of values a row: a query of one column, correlated with the row. */
        record Rows(String query) implements Target {}

        /** The filter is known and holds for no row. */
        record Nothing() implements Target {}

        /** The filter is known and holds for every row when it names one of these values. */
        record Constant(String value) implements Target {}
    }

    /** Declares a filter on the ids of a type: its values are ids, or patterns with wildcards. */
    void declareIds(String filter, Target target, ResourceType type) {
        declare(filter, target);
        idFilters.put(filter, type);
    }

    void declare(String filter, Target target) {
        targets.put(filter, target);
    }

    /** Declares {@code tag:<key>}, {@code tag-key} and {@code tag-value} for the resources whose ids are in the column {@code key}. */
    void declareTags(String key) {
        taggedKey = key;
    }

    /** The names of the declared filters, those on tags aside. */
    Set<String> names() {
        return Set.copyOf(targets.keySet());
    }

    /**
     * What the filter asks of a row.
     *
     * @throws CloudException InvalidParameterValue for one that was not declared, and for no values
     * @throws io.croft.types.MalformedIdException for what is no id where ids are filtered
     */
    String condition(Conditions conditions, Filter filter) {
        filter.requireValues();
        if (taggedKey != null && filter.name().startsWith("tag")) {
            var condition = tagCondition(conditions, filter, taggedKey);
            if (condition != null) {
                return condition;
            }
        }
        var target = targets.get(filter.name());
        if (target == null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "The filter '" + filter.name() + "' is invalid");
        }
        var ids = idFilters.get(filter.name());
        if (ids != null) {
            filter.values().stream()
                    .filter(v -> !FilterPattern.wild(v))
                    .forEach(v -> ResourceId.require(ids, FilterPattern.literal(v)));
        }
        return condition(conditions, filter, target);
    }

    static String condition(Conditions conditions, Filter filter, Target target) {
        return switch (target) {
            case Target.Column(var expression) -> conditions.matches(expression, filter.values());
            case Target.Rows(var query) ->
                "EXISTS (SELECT FROM (" + query + ") AS v(value) WHERE "
                        + conditions.matches("v.value", filter.values()) + ")";
            case Target.Nothing() -> "false";
            case Target.Constant(var value) -> conditions.matches(conditions.bind(value) + "::text", filter.values());
        };
    }

    private static @Nullable String tagCondition(Conditions conditions, Filter filter, String key) {
        var tags = "EXISTS (SELECT FROM tag t WHERE t.account = :account AND t.resource_id = " + key + " AND ";
        if (filter.name().startsWith("tag:")) {
            var tagKey = conditions.bind(filter.name().substring("tag:".length()));
            return tags + "t.key = " + tagKey + " AND " + conditions.matches("t.value", filter.values()) + ")";
        }
        return switch (filter.name()) {
            case "tag-key" -> tags + conditions.matches("t.key", filter.values()) + ")";
            case "tag-value" -> tags + conditions.matches("t.value", filter.values()) + ")";
            default -> null;
        };
    }
}
