package io.croft.controller.restore;

import io.croft.types.HostId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an instance, or of a volume that no instance has.
 *
 * @param id the instance's or the volume's
 * @param host where it is; null when no host has it
 * @param reason what the decision rests on, one sentence
 */
record Decision(String id, Action action, @Nullable HostId host, String reason) {
    RestoreLine line() {
        return new RestoreLine(id, action.word(), host == null ? "" : host.value(), reason);
    }

    enum Action {
        /** The database and the host know the same, or the host was not told yet. */
        KEEP,
        /** The host knows it in a later state, which becomes the database's. */
        FOLLOW,
        /** Only the host knows it: it comes into the database, protected from termination. */
        ADOPT,
        /** The host was told to remove it, and does: the database ends it too. */
        END,
        /** The host has its volumes and nothing else of it: it is stopped. */
        STOP,
        /** The host proves that nothing is left of it: the database ends it, and the host is told nothing. */
        TERMINATE,
        /** In doubt: it stays as it is until the operator decides. */
        FREEZE,
        /** Its host has not spoken: it stays as it is until the host does. */
        AWAIT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
