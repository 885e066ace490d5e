package io.croft.controller.hostlink;

import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Presence;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Documents that a host says it has stored and yet does not report. One wanted present counts as missing when two full reports in a row leave it out, both newer than its
 * last change; a tombstone counts at once, since telling it again does no harm. An operation is no document that is reported.
 */
final class MissingDocuments {
    private Map<DocumentKey, Long> last = Map.of();

    /**
     * Takes a full report in.
     *
     * @param reported the keys that it names
     * @param applied the revision that the host has stored
     * @return the keys that count as missing
     */
    Set<DocumentKey> after(Collection<DocumentTable.Entry> wanted, Set<DocumentKey> reported, long applied) {
        var absent = new HashMap<DocumentKey, Long>();
        var missing = new TreeSet<DocumentKey>();
        for (var entry : wanted) {
            if (entry.revision() <= applied
                    && entry.key().kind() != DocumentKind.OPERATION
                    && !reported.contains(entry.key())) {
                absent.put(entry.key(), entry.revision());
                if (entry.presence() == Presence.ABSENT || isSame(last.get(entry.key()), entry.revision())) {
                    missing.add(entry.key());
                }
            }
        }
        last = absent;
        return missing;
    }

    private static boolean isSame(@Nullable Long before, long revision) {
        return before != null && before == revision;
    }
}
