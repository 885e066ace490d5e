package io.croft.rest;

/**
 * A tenant.
 *
 * @param id twelve digits
 * @param enabled whether its keys and tokens are taken; its instances run on either way
 */
public record AccountResource(String id, String name, String created, boolean enabled) {}
