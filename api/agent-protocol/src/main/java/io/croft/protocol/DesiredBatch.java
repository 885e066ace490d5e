package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the desired-state stream.
 *
 * @param revision the host's revision that the agent has reached once it has stored this batch; rises with every change, per host
 * @param full whether {@code documents} is everything that the controller wants of this host; what a full batch does not name is an orphan, to be
 *     reported and never removed on that ground
 * @param documents what changed, oldest first; empty in a heartbeat
 * @param told of a full batch, how many of its documents, from the first on, are of revisions that the agent had reached before, so that it has them unless the database is an older copy;
 *     null for an agent that has reached none, and from controllers that do not say
 * @param fence the host's fence, see {@link #behind()}; null where there is none, and from a controller that knows of none
 */
public record DesiredBatch(
        long revision,
        boolean full,
        List<HostDocument> documents,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer told,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long fence) {
    public DesiredBatch {
        documents = List.copyOf(documents);
    }

    /** Of a host that was never proved dead. */
    public DesiredBatch(long revision, boolean full, List<HostDocument> documents, @Nullable Integer told) {
        this(revision, full, documents, told, null);
    }

    /** Of documents that may all be new. */
    public DesiredBatch(long revision, boolean full, List<HostDocument> documents) {
        this(revision, full, documents, null);
    }

    /** The same of a host that was proved dead so often. */
    public DesiredBatch behind(long fence) {
        return new DesiredBatch(revision, full, documents, told, fence);
    }

    /**
     * How often the host was proved dead. At a higher number than before, the agent first ends what this batch and those before want gone or forced off, and does nothing else until that
     * is done: the controller has given away what those held.
     */
    public long behind() {
        return fence == null ? 0 : fence;
    }
}
