package io.croft.controller.context;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a query asks of each row: conditions in SQL, all of which have to hold, and their parameters. */
final class Conditions {
    private final List<String> sql = new ArrayList<>();
    private final Map<String, Object> params = new LinkedHashMap<>();

    void add(String condition) {
        sql.add(condition);
    }

    List<String> sql() {
        return sql;
    }

    /** By name. */
    Map<String, Object> params() {
        return params;
    }

    /** Makes a parameter of the value; returns how SQL names it. */
    String bind(Object value) {
        var parameter = "p" + params.size();
        params.put(parameter, value);
        return ":" + parameter;
    }

    /** The condition that an expression matches one of a filter's values. */
    String matches(String expression, List<String> values) {
        var exact = values.stream()
                .filter(v -> !FilterPattern.wild(v))
                .map(FilterPattern::literal)
                .toArray(String[]::new);
        var patterns = values.stream()
                .filter(FilterPattern::wild)
                .map(FilterPattern::like)
                .toArray(String[]::new);
        var either = new ArrayList<String>();
        if (exact.length > 0) {
            either.add(expression + " = ANY(" + bind(exact) + ")");
        }
        if (patterns.length > 0) {
            either.add(expression + " LIKE ANY(" + bind(patterns) + ")");
        }
        return either.stream().collect(Collectors.joining(" OR ", "(", ")"));
    }
}
