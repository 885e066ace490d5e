package io.croft.protocol;

import java.util.List;

/**
 * What an agent has done and does now, in numbers, for those who watch its host. The counts begin at its start.
 *
 * @param actions what ended, by what was done and how it ended
 * @param running actions that run now
 * @param longestCallMillis how long the longest call to a driver has run that runs now; 0 without one
 * @param ledgerBytes the length of the ledger's journal
 * @param images copies of images that the host keeps
 * @param imageBytes what they take
 */
public record AgentWork(
        List<Ended> actions, int running, long longestCallMillis, long ledgerBytes, int images, long imageBytes) {
    public AgentWork {
        actions = List.copyOf(actions);
    }

    /**
     * The actions of one kind that ended in one way.
     *
     * @param action such as {@code StartMachine}
     * @param outcome {@code done} or {@code failed}
     * @param millis what they took together
     */
    public record Ended(String action, String outcome, long count, long millis) {}
}
