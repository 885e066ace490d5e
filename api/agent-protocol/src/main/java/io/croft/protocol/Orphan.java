package io.croft.protocol;

/**
 * Something of ours on a host that no document names. It is left alone.
 *
 * @param kind what it would be a part of
 * @param name its name on the host, such as a domain's or a tap's
 * @param owner the id that its own metadata or name carries; empty when it carries none
 */
public record Orphan(DocumentKind kind, String name, String owner) {}
