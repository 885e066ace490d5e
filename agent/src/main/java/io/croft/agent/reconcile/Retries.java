package io.croft.agent.reconcile;

import io.croft.protocol.Failure;
import io.croft.types.Generation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which lanes failed last, why, and when they may try again: doubling delays with jitter, each lane by itself. A failure that cannot pass
 * holds its lane until another generation is wanted.
 */
final class Retries {
    /** The longest delay. */
    static final Duration LONGEST = Duration.ofSeconds(15);

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private final Map<Lane, Attempt> attempts = new HashMap<>();
    private final RandomGenerator random;

    Retries(RandomGenerator random) {
        this.random = random;
    }

    /** @param failure null once the lane works again; its count is kept for a while, so that a lane that fails in turns is slowed too */
    private record Attempt(
            int count,
            Instant at,
            Instant notBefore,
            @Nullable Failure failure,
            @Nullable Generation generation) {}

    void failed(Lane lane, Failure failure, @Nullable Generation generation, Instant now) {
        var old = attempts.get(lane);
        var count = old == null || old.at().plus(MEMORY).isBefore(now) ? 1 : old.count() + 1;
        attempts.put(lane, new Attempt(count, now, now.plus(delay(count)), failure, generation));
    }

    void worked(Lane lane, Instant now) {
        attempts.computeIfPresent(
                lane, (_, old) -> old.failure() == null ? old : new Attempt(old.count(), now, now, null, null));
    }

    /** Whether the lane may act on its document's {@code generation} now. */
    boolean ready(Lane lane, @Nullable Generation generation, Instant now) {
        var attempt = attempts.get(lane);
        if (attempt == null || attempt.failure() == null || changed(attempt, generation)) {
            return true;
        }
        return attempt.failure().retryable() && !now.isBefore(attempt.notBefore());
    }

    /** Why the lane's last try failed, unless another generation is wanted by now. */
    Optional<Failure> failure(Lane lane, @Nullable Generation generation) {
        return Optional.ofNullable(attempts.get(lane))
                .filter(a -> !changed(a, generation))
                .map(Attempt::failure);
    }

    /** When the next lane may try again. */
    Optional<Instant> next(Instant now) {
        return attempts.values().stream()
                .filter(a -> a.failure() != null && a.failure().retryable())
                .map(Attempt::notBefore)
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    void keepOnly(Predicate<Lane> known) {
        attempts.keySet().removeIf(known.negate());
    }

    private static boolean changed(Attempt attempt, @Nullable Generation generation) {
        return attempt.generation() != null
                && generation != null
                && !attempt.generation().equals(generation);
    }

    private Duration delay(int count) {
        var whole = FIRST.multipliedBy(1L << Math.min(count - 1, 5));
        var capped = whole.compareTo(LONGEST) > 0 ? LONGEST : whole;
        return capped.dividedBy(2).plusNanos(random.nextLong(capped.toNanos() / 2 + 1));
    }
}
