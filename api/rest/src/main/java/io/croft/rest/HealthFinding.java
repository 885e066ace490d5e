package io.croft.rest;

import org.jspecify.annotations.Nullable;

/**
 * What one look at a host, or at the controller, found.
 *
 * @param check what was looked at
 * @param level {@code ok}, {@code warn} or {@code fail}
 * @param remedy what to do about it; null when nothing has to be done
 */
public record HealthFinding(
        String check, String level, String detail, @Nullable String remedy) {}
