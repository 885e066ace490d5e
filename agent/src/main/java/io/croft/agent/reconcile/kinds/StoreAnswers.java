package io.croft.agent.reconcile.kinds;

import io.croft.agent.reconcile.HostDrivers;
import io.croft.agent.storage.StorageException;
import io.croft.agent.storage.VolumeStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the host's storage backends have: one that does not answer says nothing of the others, which are worked with.
 *
 * @param found what those have that answer, by their names
 * @param silent those that do not
 */
public record StoreAnswers<K, V>(Map<String, Map<K, V>> found, Set<String> silent) {
    private static final Logger LOG = LoggerFactory.getLogger(StoreAnswers.class);

    public StoreAnswers {
        found = Map.copyOf(found);
        silent = Set.copyOf(silent);
    }

    /**
     * Asks all of them.
     *
     * @throws StorageException when none answers
     */
    static <K, V> StoreAnswers<K, V> of(HostDrivers drivers, Function<VolumeStore, Map<K, V>> ask) {
        var found = new HashMap<String, Map<K, V>>();
        var silent = new HashSet<String>();
        StorageException last = null;
        for (var store : drivers.stores()) {
            try {
                found.put(store.backend(), ask.apply(store));
            } catch (StorageException e) {
                LOG.atWarn()
                        .addKeyValue("backend", store.backend())
                        .setCause(e)
                        .log("A storage backend does not answer");
                silent.add(store.backend());
                last = e;
            }
        }
        if (found.isEmpty() && last != null) {
            throw last;
        }
        return new StoreAnswers<>(found, silent);
    }

    /** What all have that answer. */
    Map<K, V> all() {
        return found.values().stream()
                .flatMap(m -> m.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a));
    }
}
