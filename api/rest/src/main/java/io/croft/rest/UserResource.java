package io.croft.rest;

/**
 * Someone who acts in an account, with keys and tokens.
 *
 * @param role {@code reader}, {@code admin} or {@code operator}
 */
public record UserResource(String id, String account, String name, String role, String created) {}
