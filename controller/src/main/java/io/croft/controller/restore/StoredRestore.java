package io.croft.controller.restore;

import io.croft.controller.context.CloudException;
import io.croft.controller.recovery.AwaitedHost;
import io.croft.controller.recovery.Frozen;
import io.croft.controller.recovery.Recovery;
import io.croft.protocol.HostDocument;
import io.croft.protocol.LedgerReport;
import io.croft.types.Era;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The restore over the rows: makes the plan anew each time, and applies it under the lock of the controller's era. */
@Component
class StoredRestore implements Restore {
    private final Recovery recovery;
    private final Ledgers ledgers;
    private final Choices choices;
    private final RestoredRows rows;
    private final LostThings lost;

    StoredRestore(Recovery recovery, Ledgers ledgers, Choices choices, RestoredRows rows, LostThings lost) {
        this.recovery = recovery;
        this.ledgers = ledgers;
        this.choices = choices;
        this.rows = rows;
        this.lost = lost;
    }

    @Override
    @Transactional(readOnly = true)
    public RestoreStatus status() {
        var awaited = recovery.awaited();
        return new RestoreStatus(
                recovery.state(),
                hosts(awaited.stream().filter(a -> a.ledger() != null).toList()),
                hosts(awaited.stream().filter(a -> a.ledger() == null).toList()),
                recovery.frozen());
    }

    private static List<HostId> hosts(Collection<AwaitedHost> awaited) {
        return awaited.stream().map(AwaitedHost::host).toList();
    }

    @Override
    @Transactional
    public RestoreStatus begin(String reason) {
        if (reason.isBlank()) {
            throw new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, "Say why the records are to be compared.");
        }
        recovery.begin(reason);
        return status();
    }

    @Override
    @Transactional(readOnly = true)
    public List<RestoreLine> plan() {
        var told = ledgers.told();
        return lines(merge(told), told);
    }

    @Override
    @Transactional
    public List<RestoreLine> apply(boolean withoutSilent) {
        var state = recovery.lock();
        var told = ledgers.told();
        requireSomething(told, state.reconciles(), withoutSilent);
        rows.lock();
        var plan = merge(told);
        var done = lines(plan, told);
        var era = later(state.era(), told.values());
        recovery.serve(era);
        told.keySet().forEach(recovery::merged);
        rows.write(plan, told, era);
        choices.drop(plan.decisions().stream()
                .filter(d -> d.action() != Decision.Action.AWAIT && d.action() != Decision.Action.FREEZE)
                .map(Decision::id)
                .toList());
        return done;
    }

    private void requireSomething(Map<HostId, LedgerReport> told, boolean reconciles, boolean withoutSilent) {
        var silent = hosts(recovery.awaited()).stream()
                .filter(h -> !told.containsKey(h))
                .toList();
        if (told.isEmpty() && !reconciles && choices.all().isEmpty()) {
            throw new CloudException(
                    ErrorCode.INCORRECT_STATE,
                    silent.isEmpty()
                            ? "There is nothing to apply: every host is merged."
                            : "There is nothing to apply: of the hosts that are left none has spoken: " + silent + ".");
        }
        if (reconciles && !silent.isEmpty() && !withoutSilent) {
            throw new CloudException(
                    ErrorCode.UNAVAILABLE,
                    "Not all hosts have told what they have, as they do within half a minute of being connected: "
                            + silent + ". Wait for them, or leave their shares as they are.");
        }
    }

    /** Later than anything that any host has. */
    private static Era later(Era own, Collection<LedgerReport> told) {
        return told.stream()
                .flatMapToLong(l -> Stream.concat(
                                Stream.of(l.revision()),
                                l.documents().stream()
                                        .map(HostDocument::generation)
                                        .map(g -> g.value()))
                        .mapToLong(Long::longValue))
                .mapToObj(Era::of)
                .reduce(own, (a, b) -> a.compareTo(b) < 0 ? b : a)
                .next();
    }

    /** Hosts that are not awaited have what the database wants of them. */
    private Plan merge(Map<HostId, LedgerReport> told) {
        var shares = ledgers.shares();
        var known = new HashMap<>(told);
        var awaited = hosts(recovery.awaited());
        shares.forEach((host, share) -> {
            if (!awaited.contains(host)) {
                known.put(host, share.asTold());
            }
        });
        var held = recovery.frozen().stream()
                .filter(f -> f.id().equals(f.decision()))
                .collect(Collectors.toMap(Frozen::id, Frozen::reason));
        return new Merge(shares, known, rows.ended(), held, choices.all()).plan();
    }

    private List<RestoreLine> lines(Plan plan, Map<HostId, LedgerReport> told) {
        return Stream.concat(plan.decisions().stream().map(Decision::line), lost.of(told))
                .toList();
    }

    @Override
    @Transactional
    public RestoreStatus decide(String id, Choice choice) {
        var frozen = recovery.frozen().stream()
                .filter(f -> f.id().equals(id) && f.decision().equals(id))
                .findFirst();
        var planned = plan().stream()
                .filter(l -> l.resource().equals(id)
                        && (l.action().equals("freeze") || l.action().equals("await")))
                .findFirst();
        if (frozen.isEmpty() && planned.isEmpty()) {
            throw new CloudException(ErrorCode.NOT_FOUND, "Nothing is to be decided about " + id + ".");
        }
        choices.put(id, choice);
        frozen.ifPresent(f -> recovery.await(f.hosts()));
        return status();
    }
}
