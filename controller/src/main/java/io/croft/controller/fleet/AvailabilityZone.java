package io.croft.controller.fleet;

/**
 * A failure domain of the deployment.
 *
 * @param name such as {@code us-east-1a}
 * @param id such as {@code use1-az1}, the same for every account
 * @param region the region that it is a part of
 */
public record AvailabilityZone(String name, String id, String region) {}
