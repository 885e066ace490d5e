package io.croft.agent.reconcile;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.storage.DiskSource;
import io.croft.protocol.Failure;
import io.croft.protocol.OperationResult;
import org.jspecify.annotations.Nullable;

/** How an action ended. */
sealed interface Outcome {
    record Done() implements Outcome {}

    record Stored(DiskSource source) implements Outcome {}

    /** @param changed whether anything had to change */
    record Filtered(boolean changed) implements Outcome {}

    /** @param machine null when it is proved absent */
    record Inspected(@Nullable ObservedVm machine) implements Outcome {}

    /** @param taken whether the guest took the time */
    record ClockSet(boolean taken) implements Outcome {}

    record Operated(OperationResult result) implements Outcome {}

    /** It may have had its effect, or half of it, all the same. */
    record Failed(Failure failure) implements Outcome {}
}
