package io.croft.agent.reconcile.kinds;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.protocol.GuestCondition;
import io.croft.types.NetworkInterfaceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What guests have shown of themselves since their machines run. Kept in memory only: an agent that starts anew asks anew, and until a guest had its chance
 * to answer it counts as neither there nor gone.
 *
 * <p>One answer proves a guest alive; only several in a row that are missing prove it silent, since a busy host may let one pass by.
 */
final class GuestWatch {
    private static final int ENOUGH = 3;

    private final GuestPatience patience;
    private final Map<NetworkInterfaceId, Sign> signs = new HashMap<>();

    GuestWatch(GuestPatience patience) {
        this.patience = patience;
    }

    /**
     * @param answered whether it ever did
     * @param missed how often it did not since
     */
    private record Sign(boolean answered, int missed) {
        static final Sign NONE = new Sign(false, 0);

        Sign then(boolean answer) {
            return answer ? new Sign(true, 0) : new Sign(answered, Math.min(missed + 1, ENOUGH));
        }
    }

    void see(Map<NetworkInterfaceId, Boolean> answers) {
        answers.forEach(
                (id, answer) -> signs.put(id, signs.getOrDefault(id, Sign.NONE).then(answer)));
    }

    /** Forgets the guests whose machines do not run: they begin anew. */
    void keepOnly(Predicate<NetworkInterfaceId> running) {
        signs.keySet().removeIf(running.negate());
    }

    /** What the guest of a running machine shows of itself, asked by its first interface. */
    GuestCondition condition(ObservedVm machine, @Nullable NetworkInterfaceId first, Instant now) {
        var run = machine.run();
        var sign = first == null ? Sign.NONE : signs.getOrDefault(first, Sign.NONE);
        if (run.panicked()) {
            return GuestCondition.PANICKED;
        }
        if (sign.missed() < ENOUGH) {
            return sign.answered() ? GuestCondition.ANSWERS : GuestCondition.INITIALIZING;
        }
        return !sign.answered() && booting(run, now) ? GuestCondition.INITIALIZING : GuestCondition.SILENT;
    }

    private boolean booting(ObservedVm.Run run, Instant now) {
        return run.since() != null && now.isBefore(run.since().plus(patience.of(run.emulated())));
    }
}
