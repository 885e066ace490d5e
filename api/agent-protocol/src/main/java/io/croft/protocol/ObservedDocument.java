package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.croft.types.Generation;
import io.croft.types.VolumeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one document's resource on the host.
 *
 * @param generation the generation that {@code state} was observed for
 * @param failure why it is not as wanted, when it is not; null otherwise
 * @param since when the state was first seen, ISO-8601
 * @param paused of an instance whose machine is paused: why; left out otherwise, and by agents that are too old to tell
 * @param guest of an instance that is READY: what its guest shows of itself; left out otherwise, and by agents that are too old to tell
 * @param volumes of an instance: the volumes that its machine holds, by which a detached one is free and an attached one in use; left out while that is not known, of
 *     everything else, and by agents that are too old to tell
 */
public record ObservedDocument(
        DocumentKey key,
        Generation generation,
        State state,
        @Nullable Failure failure,
        String since,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PauseReason paused,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GuestCondition guest,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<VolumeId> volumes) {
    public ObservedDocument {
        volumes = volumes == null ? null : List.copyOf(volumes);
    }

    /** Of what is neither paused nor has a guest. */
    public ObservedDocument(
            DocumentKey key, Generation generation, State state, @Nullable Failure failure, String since) {
        this(key, generation, state, failure, since, null, null, null);
    }

    /** Of what is paused. */
    public ObservedDocument(
            DocumentKey key,
            Generation generation,
            State state,
            @Nullable Failure failure,
            String since,
            @Nullable PauseReason paused) {
        this(key, generation, state, failure, since, paused, null, null);
    }

    /** Whether it says the same as another; when that was first seen does not matter. */
    public boolean saysWhat(ObservedDocument other) {
        return equals(new ObservedDocument(
                other.key,
                other.generation,
                other.state,
                other.failure,
                since,
                other.paused,
                other.guest,
                other.volumes));
    }

    /** The same with what its guest shows of itself. */
    public ObservedDocument with(@Nullable GuestCondition condition) {
        return new ObservedDocument(key, generation, state, failure, since, paused, condition, volumes);
    }

    /** The same with the volumes that its machine holds; null when that is not known. */
    public ObservedDocument holding(@Nullable List<VolumeId> held) {
        return new ObservedDocument(key, generation, state, failure, since, paused, guest, held);
    }

    /** Where the resource stands. An instance uses all of these, the others READY, PENDING, FAILED and GONE. */
    public enum State {
        /** The agent works on it, or waits for what it needs. */
        PENDING,
        /** As wanted; of an instance: its domain runs, with its firewall and metadata in force. */
        READY,
        /** Of an instance: the domain is off because the controller wants it so. With a failure: it was to hibernate, and its memory is lost. */
        STOPPED,
        /** Of an instance wanted on: the guest powered itself off. The agent does not start it again. */
        POWERED_OFF,
        /** The last try failed; the agent goes on trying when the failure can pass, see {@link Failure#retryable()}. */
        FAILED,
        /** Proved absent from the host. */
        GONE
    }
}
