package io.croft.rest.restore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a restore of the controller's database stands.
 *
 * @param state {@code serving}, or {@code reconciling} while nothing is changed
 * @param era how often the database was restored
 * @param reason why it reconciles; null while it serves
 * @param since since when it reconciles; null while it serves
 * @param spoken hosts that have told what they have, and are not merged yet
 * @param silent hosts that have not
 * @param frozen what stays as it is until it is decided
 */
public record RestoreResource(
        String state,
        int era,
        @Nullable String reason,
        @Nullable String since,
        List<String> spoken,
        List<String> silent,
        List<FrozenResource> frozen) {
    /**
     * An instance or a volume on which the database and the hosts do not agree.
     *
     * @param id its id
     * @param hosts where it is, for all that is known
     * @param reason why it is frozen
     */
    public record FrozenResource(String id, List<String> hosts, String reason, String since) {}
}
