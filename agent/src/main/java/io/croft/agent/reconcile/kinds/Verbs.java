package io.croft.agent.reconcile.kinds;

import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.hypervisor.ObservedVm;
import io.croft.protocol.Failure;
import io.croft.protocol.InstanceVerb;
import io.croft.protocol.OperationResult;
import io.croft.protocol.OperationSpec;
import io.croft.types.InstanceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries verbs out. Cut between the deed and its record, the deed is done again: every verb bears that. */
final class Verbs {
    private static final int CONSOLE_BYTES = 64 << 10;
    /** Results go through the ledger and a report. */
    private static final int SCREENSHOT_BYTES = 8 << 20;

    private final Hypervisor hypervisor;
    private final InstantSource clock;

    Verbs(Hypervisor hypervisor, InstantSource clock) {
        this.hypervisor = hypervisor;
        this.clock = clock;
    }

    OperationResult carryOut(OperationSpec operation) {
        if (!clock.instant().isBefore(Instant.parse(operation.deadline()))) {
            return result(operation, null, new Failure(Failure.Code.DEADLINE, "It was not begun in time.", false));
        }
        return switch (operation.verb()) {
            case InstanceVerb verb ->
                carryOut(operation, verb, new InstanceId(operation.target().id()));
        };
    }

    private OperationResult carryOut(OperationSpec operation, InstanceVerb verb, InstanceId instance) {
        return switch (verb) {
            case CONSOLE_OUTPUT -> {
                var tail = hypervisor.consoleTail(instance, CONSOLE_BYTES);
                yield result(operation, Base64.getEncoder().encodeToString(tail), null);
            }
            case REBOOT ->
                whileRunning(operation, instance, () -> {
                    hypervisor.reset(instance);
                    return null;
                });
            case SCREENSHOT -> screenshot(operation, instance, false);
            case WAKE_SCREENSHOT -> screenshot(operation, instance, true);
        };
    }

    private OperationResult screenshot(OperationSpec operation, InstanceId instance, boolean wake) {
        return whileRunning(operation, instance, () -> {
            var png = hypervisor.screenshot(instance, wake);
            if (png.length > SCREENSHOT_BYTES) {
                throw new HypervisorException("the screen's picture has " + png.length + " bytes", null);
            }
            return Base64.getEncoder().encodeToString(png);
        });
    }

    private OperationResult whileRunning(
            OperationSpec operation, InstanceId instance, Supplier<@Nullable String> deed) {
        var running = hypervisor.inspect(instance).filter(ObservedVm::alive).isPresent();
        return running
                ? result(operation, deed.get(), null)
                : result(operation, null, new Failure(Failure.Code.HYPERVISOR, "The machine is not running.", false));
    }

    private OperationResult result(OperationSpec operation, @Nullable String output, @Nullable Failure failure) {
        return new OperationResult(
                operation.id(), output, failure, clock.instant().toString());
    }
}
