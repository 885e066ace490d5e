package io.croft.rest;

/**
 * A tenant.
 *
 * @param id twelve digits
 */
public record AccountResource(String id, String name, String created) {}
