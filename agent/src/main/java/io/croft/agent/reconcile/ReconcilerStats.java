package io.croft.agent.reconcile;

import io.croft.protocol.AgentWork.Ended;
import io.croft.protocol.HostHealth.WaitingCall;
import java.util.List;

/**
 * What the reconciler has done since it started.
 *
 * @param rounds how often it planned
 * @param actions how many actions it began
 * @param failures how many of them failed
 * @param errors rounds that ended in a bug
 * @param drift how often the filter in force was found changed by somebody else
 * @param stuck driver calls past their deadline now
 * @param running actions that run now
 * @param waiting calls that run now and take long, the longest first
 * @param longestRoundMillis the longest round
 * @param longestCallMillis how long the longest call has run that runs now
 * @param ended the actions that ended, by kind and outcome
 */
public record ReconcilerStats(
        long rounds,
        long actions,
        long failures,
        long errors,
        long drift,
        long stuck,
        long running,
        List<WaitingCall> waiting,
        long longestRoundMillis,
        long longestCallMillis,
        List<Ended> ended) {}
