package io.croft.rest.tenant.instancetype;

/**
 * That an instance type can be launched in a zone.
 *
 * @param instanceType its name
 * @param zone the zone's name
 */
public record InstanceTypeOffering(String instanceType, String zone) {}
