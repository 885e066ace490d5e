package io.croft.agent.reconcile;

import io.croft.agent.boot.HostStart;
import io.croft.agent.ledger.Fence;
import io.croft.protocol.Failure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether anything may be brought up on the host, and else what that waits for. What is there already is kept whole all the same. */
public enum Gate {
    OPEN(null),
    /** The host was started anew and has not heard the controller since; somebody on it lets it go on without. */
    ALONE(null),
    /** The host was started anew. It may have been proved dead meanwhile, and would learn it only from the controller. */
    UNHEARD("The host was started anew and waits for the controller before it starts any."),
    /** The host was proved dead, and what the controller has given away since has not ended here yet. No leave goes before that. */
    PASSING("The host was proved dead: what the controller has given away since ends here before anything starts.");

    private final @Nullable String reason;

    Gate(@Nullable String reason) {
        this.reason = reason;
    }

    static Gate of(Fence fence, HostStart start) {
        if (fence.passing()) {
            return PASSING;
        }
        if (fence.heardSince(start.id())) {
            return OPEN;
        }
        return start.isLeft() ? ALONE : UNHEARD;
    }

    /** Whether nothing may be brought up. */
    public boolean shut() {
        return reason != null;
    }

    /** Why nothing may be brought up; empty while it may. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(reason).map(r -> new Failure(Failure.Code.INTERNAL, r, true));
    }
}
