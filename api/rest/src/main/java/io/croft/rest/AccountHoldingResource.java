package io.croft.rest;

/**
 * Something that an account has, or that a host still has of it; or a host of which that is not known.
 *
 * @param type EC2's word for it: {@code instance}; {@code host} for a host that was not merged since a restore
 * @param detail what it is, or why it is still there
 */
public record AccountHoldingResource(String type, String id, String detail) {}
