package io.croft.agent.reconcile;

import io.croft.protocol.HostHealth.WaitingCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calls to drivers that run, so that one can be told of while it waits. The reconciler's thread replaces them each round; any thread reads.
 */
final class WaitingCalls {
    /** What an observation is called where hosts are watched. */
    private static final String OBSERVATION = "Look";

    private static final Duration OBSERVATION_PATIENCE = Duration.ofSeconds(10);

    private volatile List<Lanes.Call> calls = List.of();
    private volatile @Nullable Instant observation;

    /** @param observation since when the host is being observed; null for none */
    void are(List<Lanes.Call> calls, @Nullable Instant observation) {
        this.calls = List.copyOf(calls);
        this.observation = observation;
    }

    /** Those that take long by now, the longest first. */
    List<WaitingCall> at(Instant now) {
        var actions = calls.stream()
                .filter(c -> !now.isBefore(c.begun().plus(c.action().patience())))
                .map(c -> new WaitingCall(c.action().name(), c.action().lane().name(), seconds(c.begun(), now)));
        var observations = Stream.ofNullable(observation)
                .filter(begun -> !now.isBefore(begun.plus(OBSERVATION_PATIENCE)))
                .map(begun -> new WaitingCall(OBSERVATION, "host", seconds(begun, now)));
        return Stream.concat(actions, observations)
                .sorted(Comparator.comparingLong(WaitingCall::seconds).reversed())
                .toList();
    }

    /** How long the call has run that has run longest. */
    Duration longest(Instant now) {
        return Stream.concat(calls.stream().map(Lanes.Call::begun), Stream.ofNullable(observation))
                .map(begun -> Duration.between(begun, now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static long seconds(Instant begun, Instant now) {
        return Duration.between(begun, now).toSeconds();
    }
}
