package io.croft.controller.awsedge.query;

import io.croft.controller.context.CloudException;
import io.croft.controller.edge.Parameters;
import io.croft.types.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A node of the tree that dotted parameter names span: {@code Filter.1.Name=x} is the value x under Filter, 1, Name. */
final class ParameterNode {
    private static final int DEEPEST = 16;

    private final String path;
    private final Map<String, ParameterNode> children = new LinkedHashMap<>();
    private @Nullable String value;

    private ParameterNode(String path) {
        this.path = path;
    }

    /**
     * Builds the tree.
     *
     * @throws CloudException when a name is given twice or is nested too deeply
     */
    static ParameterNode tree(Parameters parameters) {
        var root = new ParameterNode("");
        for (var parameter : parameters.list()) {
            root.put(parameter.name(), parameter.value());
        }
        return root;
    }

    private void put(String name, String text) {
        var steps = name.split("\\.", DEEPEST + 1);
        if (steps.length > DEEPEST) {
            throw new CloudException(ErrorCode.UNKNOWN_PARAMETER, "The parameter " + name + " is not recognized");
        }
        var node = this;
        for (var step : steps) {
            node = node.childFor(step);
        }
        if (node.value != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION, "The parameter " + name + " is given more than once");
        }
        node.value = text;
    }

    private ParameterNode childFor(String step) {
        return children.computeIfAbsent(step, s -> new ParameterNode(path.isEmpty() ? s : path + "." + s));
    }

    /** The whole name on the wire, indexes included. */
    String path() {
        return path;
    }

    @Nullable
    String value() {
        return value;
    }

    Map<String, ParameterNode> children() {
        return children;
    }

    boolean leaf() {
        return children.isEmpty();
    }

    /** Takes the child of that name out of the tree; null without one. */
    @Nullable
    ParameterNode take(String name) {
        return children.remove(name);
    }

    /**
     * The items of a list, in the order of their numbers, which may have gaps.
     *
     * @throws CloudException when a child's name is no number from 1
     */
    SortedMap<Integer, ParameterNode> items() {
        var items = new TreeMap<Integer, ParameterNode>();
        children.forEach((name, node) -> {
            if (!name.matches("[1-9][0-9]{0,8}")) {
                throw new CloudException(
                        ErrorCode.UNKNOWN_PARAMETER, "The parameter " + node.path + " is not recognized");
            }
            items.put(Integer.valueOf(name), node);
        });
        return items;
    }
}
