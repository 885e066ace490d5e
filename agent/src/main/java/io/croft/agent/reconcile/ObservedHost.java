package io.croft.agent.reconcile;

import io.croft.protocol.DocumentKey;
import io.croft.protocol.HostDocument;
import io.croft.types.Generation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the agent knows of its host, whatever the kind: which documents it carried out, and what it is not sure of. Written only by the reconciler's own thread. Where an
 * action may have had its effect without our knowing, its resource counts as in doubt, and the planner assumes the worse of the two.
 */
public final class ObservedHost {
    private final Map<DocumentKey, Generation> done = new HashMap<>();
    private final Set<DocumentKey> doubtful = new HashSet<>();
    private final Set<DocumentKey> hinted = new HashSet<>();
    private long drift;

    /** Whether this very document was carried out, and nothing seen since says otherwise. */
    public boolean done(HostDocument document) {
        return document.generation().equals(done.get(document.key()));
    }

    /** Whether the resource may be otherwise than it was seen last. */
    public boolean inDoubt(DocumentKey key) {
        return doubtful.contains(key);
    }

    public void doubt(DocumentKey key) {
        doubtful.add(key);
    }

    /** The resource is as it was seen. */
    public void clear(DocumentKey key) {
        doubtful.remove(key);
    }

    void clear(Predicate<DocumentKey> which) {
        doubtful.removeIf(which);
    }

    /** The document was carried out. {@code generation} is the one that was; null for none that is known any more. */
    public void settle(DocumentKey key, @Nullable Generation generation) {
        clear(key);
        if (generation != null) {
            done.put(key, generation);
        }
    }

    /** What was done for the document does not hold any more. */
    public void undone(DocumentKey key) {
        done.remove(key);
    }

    /** Something says that the resource may have changed by itself. */
    public void hint(DocumentKey key) {
        hinted.add(key);
    }

    public Set<DocumentKey> hinted() {
        return Set.copyOf(hinted);
    }

    /** The resource is being looked at again. */
    public void heed(DocumentKey key) {
        hinted.remove(key);
    }

    /** What had been put in force was found changed by somebody else, and is as wanted again. */
    public void drifted() {
        drift++;
    }

    long drift() {
        return drift;
    }

    /** Forgets what the controller has settled. */
    void keepOnly(Set<DocumentKey> known) {
        done.keySet().retainAll(known);
    }
}
