package io.croft.agent.reconcile;

import io.croft.protocol.Failure;

/** How an action ended. Where its driver answers something, that is a record of the action's kind. */
public interface Outcome {
    Outcome DONE = new Done();

    record Done() implements Outcome {}

    /** It may have had its effect, or half of it, all the same. */
    record Failed(Failure failure) implements Outcome {}
}
