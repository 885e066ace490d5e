package io.croft.rest;

/**
 * Something that an account has, or that a host still has of it.
 *
 * @param type EC2's word for it: {@code instance}
 * @param detail what it is, or why it is still there
 */
public record AccountHoldingResource(String type, String id, String detail) {}
