package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a host's agent fares, for its operator. The counts begin at the agent's start.
 *
 * @param clock the host's clock when it reported, ISO-8601
 * @param started when the agent started, by that clock
 * @param hypervisorAnswers whether the hypervisor answered just now
 * @param firewallDrift how often somebody else had changed the filter in force
 * @param failures actions that failed, each try counted
 * @param stuckCalls calls to drivers that are past their deadline now
 * @param waiting calls to drivers that run now and take long, those past their deadline among them, the longest first; null from an agent that does not say
 * @param lookUpMillis what the hypervisor takes each time that it looks up what the emulator can do; null before it was measured, and from an agent that does not say
 * @param clockSynchronised whether a time service keeps the host's clock, by its kernel; null from an agent that does not say
 * @param work what the agent does, in numbers; null from an agent that does not say
 */
public record HostHealth(
        String clock,
        String started,
        boolean hypervisorAnswers,
        long firewallDrift,
        long failures,
        long stuckCalls,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<WaitingCall> waiting,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long lookUpMillis,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean clockSynchronised,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AgentWork work) {
    public HostHealth {
        waiting = waiting == null ? null : List.copyOf(waiting);
    }

    /** That of an agent that tells of no calls while they wait. */
    public HostHealth(
            String clock,
            String started,
            boolean hypervisorAnswers,
            long firewallDrift,
            long failures,
            long stuckCalls) {
        this(clock, started, hypervisorAnswers, firewallDrift, failures, stuckCalls, null, null, null, null);
    }

    /**
     * A call to a driver that has not come back.
     *
     * @param action what it does, such as {@code StartMachine}
     * @param subject what it does it to, such as {@code instance/i-0123456789abcdef0}
     * @param seconds how long it has run
     */
    public record WaitingCall(String action, String subject, long seconds) {}
}
