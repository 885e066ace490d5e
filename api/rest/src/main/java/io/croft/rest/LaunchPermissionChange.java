package io.croft.rest;

import java.util.List;
import java.util.Objects;

/**
 * Who may launch an image from now on, and who may not any more. Each item is an account's id, or {@code all} for everybody.
 */
public record LaunchPermissionChange(List<String> add, List<String> remove) {
    public static final String ALL = "all";

    /** Both lists are required. */
    public LaunchPermissionChange {
        add = List.copyOf(Objects.requireNonNull(add, "add is missing"));
        remove = List.copyOf(Objects.requireNonNull(remove, "remove is missing"));
    }
}
