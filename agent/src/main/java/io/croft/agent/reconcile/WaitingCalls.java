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
    private static final Duration LOOK_PATIENCE = Duration.ofSeconds(10);

    private volatile List<Lanes.Call> calls = List.of();
    private volatile @Nullable Instant look;

    /** @param look since when a look at the host is under way; null for none */
    void are(List<Lanes.Call> calls, @Nullable Instant look) {
        this.calls = List.copyOf(calls);
        this.look = look;
    }

    /** Those that take long by now, the longest first. */
    List<WaitingCall> at(Instant now) {
        var actions = calls.stream()
                .filter(c -> !now.isBefore(c.begun().plus(c.action().patience())))
                .map(c -> new WaitingCall(name(c.action()), c.action().lane().name(), seconds(c.begun(), now)));
        var looks = Stream.ofNullable(look)
                .filter(begun -> !now.isBefore(begun.plus(LOOK_PATIENCE)))
                .map(begun -> new WaitingCall("Look", "host", seconds(begun, now)));
        return Stream.concat(actions, looks)
                .sorted(Comparator.comparingLong(WaitingCall::seconds).reversed())
                .toList();
    }

    /** How long the call has run that has run longest. */
    Duration longest(Instant now) {
        return Stream.concat(calls.stream().map(Lanes.Call::begun), Stream.ofNullable(look))
                .map(begun -> Duration.between(begun, now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static String name(HostAction action) {
        return action.getClass().getSimpleName();
    }

    private static long seconds(Instant begun, Instant now) {
        return Duration.between(begun, now).toSeconds();
    }
}
