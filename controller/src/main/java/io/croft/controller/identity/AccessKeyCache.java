package io.croft.controller.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The access keys asked for in the last seconds, opened. A change in this process shows at once, one by another process when the entry's time is up.
 * Only keys that exist are kept, so asking for others cannot fill it.
 */
@Component
class AccessKeyCache {
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final Clock clock;

    AccessKeyCache(Clock clock) {
        this.clock = clock;
    }

    private record Entry(AccessKey key, Instant until) {}

    Optional<AccessKey> get(String id, Function<String, Optional<AccessKey>> loader) {
        var now = clock.instant();
        var entry = fresh(entries.get(id), now);
        if (entry == null) {
            // Loading under the entry's lock makes a forget that comes meanwhile wait, so that no older key is kept
            // after it.
            entry = entries.compute(
                    id,
                    (_, old) -> fresh(old, now) != null
                            ? old
                            : loader.apply(id)
                                    .map(k -> new Entry(k, now.plus(KEPT)))
                                    .orElse(null));
        }
        return Optional.ofNullable(entry).map(Entry::key);
    }

    private static @Nullable Entry fresh(@Nullable Entry entry, Instant now) {
        return entry != null && now.isBefore(entry.until) ? entry : null;
    }

    /** Forgets the keys once the running transaction has committed. */
    void forgetAfterCommit(Collection<String> ids) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                ids.forEach(entries::remove);
            }
        });
    }
}
