package io.croft.rest.tenant.compute.instance;

/**
 * How an instance of a burstable type may use its CPUs.
 *
 * @param cpuCredits {@code unlimited} always: nothing takes an instance's CPUs away
 */
public record InstanceCpuCredits(String instanceId, String cpuCredits) {}
