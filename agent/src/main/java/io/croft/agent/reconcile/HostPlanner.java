package io.croft.agent.reconcile;

import io.croft.protocol.HostDocument;
import io.croft.protocol.Presence;
import java.util.List;
import java.util.stream.Stream;

/**
 * From what is wanted and what is there to what can be done next. Pure; it names every action whose conditions hold now, and none whose
 * conditions do not, so what depends on something else comes with a later plan. When nothing is left to do the plan is empty.
 *
 * <p>Up: whatever a document's resource stands on, then the resource. Down: whatever stands on it, then the resource. Only a tombstone takes anything down. What stands on what, each kind says.
 * While the {@link Gate} is shut, only what may be there already is asked for.
 */
final class HostPlanner {
    private HostPlanner() {}

    static List<HostAction> plan(Moment moment) {
        if (moment.desired().revision() == 0 || !moment.complete()) {
            return List.of();
        }
        var always = moment.kinds().all().<HostAction>flatMap(k -> k.always(moment));
        var each = moment.kinds().all().<HostAction>flatMap(k -> plan(k, moment));
        return Stream.concat(always, each).toList();
    }

    private static <D extends HostDocument> Stream<? extends HostAction> plan(Kind<D, ?> kind, Moment moment) {
        return moment.claimed(kind.documents()).flatMap(d -> plan(kind, d, moment));
    }

    private static <D extends HostDocument> Stream<? extends HostAction> plan(
            Kind<D, ?> kind, D document, Moment moment) {
        if (document.presence() == Presence.PRESENT) {
            return moment.gate().shut() && !moment.mayBeThere(document.key())
                    ? Stream.empty()
                    : kind.up(document, moment);
        }
        return moment.inUse(document.key()) ? Stream.empty() : kind.down(document, moment);
    }

    /** Whether the host has a fence to pass, and nothing is left on it of what that names. */
    static boolean passes(Moment moment) {
        return moment.desired().fence().passing()
                && moment.complete()
                && moment.kinds().all().allMatch(k -> isBehindFence(k, moment));
    }

    private static <D extends HostDocument> boolean isBehindFence(Kind<D, ?> kind, Moment moment) {
        return moment.claimed(kind.documents()).allMatch(kind::isBehindFence);
    }
}
