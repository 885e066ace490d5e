package io.croft.controller.compute.instance;

import io.croft.protocol.Failure;
import io.croft.protocol.GuestCondition;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.PauseReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an instance's status checks say by what its host sees. Pure. The instance check is about the guest, the system check about what is under it, whose
 * failure Croft or its operator has to mend.
 *
 * @param reason why a check fails; null when none does
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html">Status checks</a>
 */
public record InstanceChecks(
        StatusCheck instance, StatusCheck system, @Nullable String reason) {
    private static final InstanceChecks PASSED = new InstanceChecks(StatusCheck.OK, StatusCheck.OK, null);

    /** Whether one of them fails. */
    boolean impaired() {
        return instance == StatusCheck.IMPAIRED || system == StatusCheck.IMPAIRED;
    }

    /** The checks by a host's report; empty where it says nothing about them: the host is at work on the instance. */
    static Optional<InstanceChecks> of(ObservedDocument seen) {
        return switch (seen.state()) {
            case READY -> Optional.of(seen.guest() == null ? PASSED : of(seen.guest()));
            case PENDING ->
                Optional.ofNullable(seen.paused())
                        .map(paused -> failing(isGuests(paused), "The machine is paused: " + paused.words() + "."));
            case FAILED -> Optional.of(failing(false, message(seen.failure())));
            case STOPPED, POWERED_OFF, GONE -> Optional.empty();
        };
    }

    private static InstanceChecks of(GuestCondition guest) {
        return switch (guest) {
            case INITIALIZING -> new InstanceChecks(StatusCheck.INITIALIZING, StatusCheck.OK, null);
            case ANSWERS -> PASSED;
            case SILENT, PANICKED -> failing(true, "The instance is not reachable: " + guest.words() + ".");
        };
    }

    private static InstanceChecks failing(boolean guests, String reason) {
        return new InstanceChecks(StatusCheck.IMPAIRED, guests ? StatusCheck.OK : StatusCheck.IMPAIRED, reason);
    }

    /** Whether the guest brought the pause about. */
    private static boolean isGuests(PauseReason paused) {
        return switch (paused) {
            case GUEST_CRASHED, WATCHDOG, GUEST_SLEEPS -> true;
            case STARTING, BY_USER, IO_ERROR, SAVING, MIGRATION, MIGRATION_FAILED, UNKNOWN -> false;
        };
    }

    private static String message(@Nullable Failure failure) {
        return failure == null ? "The machine does not run." : failure.message();
    }
}
