package io.croft.rest;

/**
 * A launch or start that no host could take.
 *
 * @param subject the instance that was to start, or the id of the request that was to launch
 * @param detail the instance type, then each host's reason with the amount that is missing, a line each
 */
public record PlacementRefusal(String at, String account, String subject, String detail) {}
