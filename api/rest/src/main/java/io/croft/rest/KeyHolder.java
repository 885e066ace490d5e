package io.croft.rest;

import org.jspecify.annotations.Nullable;

/**
 * Who is to have a new access key.
 *
 * @param user the user's name; null for the one that the account started with
 */
public record KeyHolder(@Nullable String user) {}
