package io.croft.rest.tenant.fleet;

/** A region. */
public record Region(String name) {}
