package io.croft.rest.tenant.tags;

/**
 * One tag of one resource.
 *
 * @param resourceType EC2's name of the type: {@code instance}
 */
public record Tag(String resourceId, String resourceType, String key, String value) {}
