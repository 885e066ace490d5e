package io.croft.protocol;

/**
 * How a host's agent fares, for its operator. The counts begin at the agent's start.
 *
 * @param clock the host's clock when it reported, ISO-8601
 * @param started when the agent started, by that clock
 * @param hypervisorAnswers whether the hypervisor answered just now
 * @param firewallDrift how often somebody else had changed the filter in force
 * @param failures actions that failed, each try counted
 * @param stuckCalls calls to drivers that are past their deadline now
 */
public record HostHealth(
        String clock, String started, boolean hypervisorAnswers, long firewallDrift, long failures, long stuckCalls) {}
