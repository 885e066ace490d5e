package io.croft.rest.tenant.fleet;

/**
 * An availability zone.
 *
 * @param zoneId such as {@code use1-az1}
 */
public record Zone(String name, String zoneId, String region) {}
