package io.croft.controller.recovery;

import io.croft.types.HostId;
import java.time.Instant;
import java.util.List;

/**
 * A resource that stays as it is until the operator decides.
 *
 * @param kind of its document: {@code instance}, {@code interface} or {@code volume}
 * @param decision the instance or the volume for which the operator decides
 * @param reason why, one sentence
 * @param hosts where it is, for all that is known
 */
public record Frozen(String kind, String id, String decision, String reason, Instant since, List<HostId> hosts) {
    public Frozen {
        hosts = List.copyOf(hosts);
    }
}
