package io.croft.rest.tenant;

/** A region. */
public record Region(String name) {}
