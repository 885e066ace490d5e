package io.croft.rest.restore;

/**
 * What a restore does with one thing.
 *
 * @param resource an instance's or a volume's id, or what is lost in words
 * @param action one of keep, follow, adopt, end, stop, terminate, freeze, await and lost
 * @param host where it is; empty when no host has it
 * @param reason what that rests on
 */
public record RestoreLineResource(String resource, String action, String host, String reason) {}
