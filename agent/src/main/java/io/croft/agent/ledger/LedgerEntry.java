package io.croft.agent.ledger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.croft.protocol.DesiredBatch;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.HostDocument;
import io.croft.protocol.OperationResult;
import io.croft.protocol.Presence;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.OperationId;
import io.croft.types.VolumeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of the journal: something that the ledger must not forget. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LedgerEntry.Whole.class, name = "whole"),
    @JsonSubTypes.Type(value = LedgerEntry.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = LedgerEntry.Recorded.class, name = "recorded"),
    @JsonSubTypes.Type(value = LedgerEntry.Settled.class, name = "settled"),
    @JsonSubTypes.Type(value = LedgerEntry.Halted.class, name = "halted"),
    @JsonSubTypes.Type(value = LedgerEntry.Ran.class, name = "ran"),
    @JsonSubTypes.Type(value = LedgerEntry.Made.class, name = "made"),
    @JsonSubTypes.Type(value = LedgerEntry.Passed.class, name = "passed"),
    @JsonSubTypes.Type(value = LedgerEntry.Heard.class, name = "heard")
})
sealed interface LedgerEntry {
    /** Whether room comes free once it is acted on, or the host waits for it with all else, so that it must be taken on a full disk above all. */
    default boolean frees() {
        return switch (this) {
            case Accepted(var batch) ->
                batch.full()
                        || batch.behind() > 0
                        || batch.documents().stream().anyMatch(d -> d.presence() == Presence.ABSENT);
            case Settled _, Passed _, Heard _ -> true;
            case Whole _, Recorded _, Halted _, Ran _, Made _ -> false;
        };
    }

    /**
     * All that stood when the journal was last written anew.
     *
     * @param ran null from a build that did not note it
     * @param fence null from a build that knew of none
     */
    record Whole(
            long revision,
            List<HostDocument> documents,
            List<DocumentKey> unclaimed,
            List<DocumentKey> contested,
            List<OperationResult> results,
            List<OperationId> finished,
            List<Halted> halted,
            List<VolumeId> made,
            @Nullable List<Ran> ran,
            @Nullable Fence fence)
            implements LedgerEntry {}

    record Accepted(DesiredBatch batch) implements LedgerEntry {}

    record Recorded(OperationResult result) implements LedgerEntry {}

    /** The controller is done with these documents. */
    record Settled(List<Settlement> settled) implements LedgerEntry {
        public Settled {
            settled = List.copyOf(settled);
        }
    }

    /** The guest powered itself off while {@code generation} was wanted. */
    record Halted(InstanceId instance, Generation generation) implements LedgerEntry {}

    /** A machine that stays down when it stops by itself ran while {@code generation} was wanted. */
    record Ran(InstanceId instance, Generation generation) implements LedgerEntry {}

    /** The volume was whole once: if it is missing later, it is lost and must not be made anew. */
    record Made(VolumeId volume) implements LedgerEntry {}

    /** All has ended that the fence names. */
    record Passed(long fence) implements LedgerEntry {}

    /** The controller has told everything since the host was started. */
    record Heard(String boot) implements LedgerEntry {}
}
