package io.croft.rest;

/**
 * A request for an account.
 *
 * @param name 1 to 64 letters, digits and {@code _.@-}; unique
 */
public record NewAccount(String name) {}
