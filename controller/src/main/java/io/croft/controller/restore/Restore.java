package io.croft.controller.restore;

import io.croft.controller.blockstorage.snapshot.RestoredSnapshots;
import io.croft.controller.context.CloudException;
import io.croft.controller.recovery.AwaitedHost;
import io.croft.controller.recovery.Frozen;
import io.croft.controller.recovery.Recovery;
import io.croft.protocol.LedgerReport;
import io.croft.types.Era;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The use cases of a restore, for the operator. The plan is made anew each time, and applied under the lock of the controller's era. */
@Component
public class Restore {
    private final Recovery recovery;
    private final Ledgers ledgers;
    private final Choices choices;
    private final RestoredRows rows;
    private final LostThings lost;
    private final EndedAdoptions ended;
    private final RestoredSnapshots snapshots;

    Restore(
            Recovery recovery,
            Ledgers ledgers,
            Choices choices,
            RestoredRows rows,
            LostThings lost,
            EndedAdoptions ended,
            RestoredSnapshots snapshots) {
        this.recovery = recovery;
        this.ledgers = ledgers;
        this.choices = choices;
        this.rows = rows;
        this.lost = lost;
        this.ended = ended;
        this.snapshots = snapshots;
    }

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

    /** Compares the database that runs now with its hosts: nothing is changed until {@link #apply}. */
    @Transactional
    public RestoreStatus begin(String reason) {
        if (reason.isBlank()) {
            throw new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, "Say why the records are to be compared.");
        }
        recovery.begin(reason);
        return status();
    }

    /**
     * What {@link #apply} would do now, every line.
     *
     * @param without hosts that are left out though they have spoken
     * @throws io.croft.controller.context.CloudException NotFound for one that is not awaited
     */
    @Transactional(readOnly = true)
    public List<RestoreLine> plan(Collection<HostId> without) {
        var told = told(without);
        return Stream.concat(
                        lines(merge(told), told).stream(),
                        recovery.state().reconciles() ? lines(snapshots.plan()) : Stream.empty())
                .toList();
    }

    private static Stream<RestoreLine> lines(List<RestoredSnapshots.Line> snapshots) {
        return snapshots.stream().map(s -> new RestoreLine(s.snapshot().value(), s.action(), "", s.reason()));
    }

    /** What the hosts have told that the operator believes. */
    private Map<HostId, LedgerReport> told(Collection<HostId> without) {
        var awaited = hosts(recovery.awaited());
        for (var host : without) {
            if (!awaited.contains(host)) {
                throw new CloudException(ErrorCode.NOT_FOUND, "The host " + host + " is not awaited.");
            }
        }
        var told = new HashMap<>(ledgers.told());
        told.keySet().removeAll(without);
        return told;
    }

    /**
     * Merges what the awaited hosts have told, in one transaction under a new era, and serves again. What is left of silent hosts stays as it is until they have spoken and this
     * is called again.
     *
     * @param withoutSilent whether to go on although hosts have not told what they have
     * @param without hosts that the operator does not believe: like silent ones they are told nothing, what they say changes nothing, and their shares stay as they are
     * @return what was done
     * @throws io.croft.controller.context.CloudException IncorrectState when there is nothing to merge; Unavailable when a host has not told what it has yet; NotFound when one of those
     *     left out is not awaited
     */
    @Transactional
    public List<RestoreLine> apply(boolean withoutSilent, Collection<HostId> without) {
        var state = recovery.lock();
        var told = told(without);
        requireSomething(told, state.reconciles(), withoutSilent, without);
        rows.lock();
        var plan = merge(told);
        var done = new ArrayList<>(lines(plan, told));
        if (state.reconciles()) {
            done.addAll(lines(snapshots.apply()).toList());
        }
        var era = later(state.era(), told);
        recovery.serve(era);
        told.keySet().forEach(recovery::merged);
        rows.write(plan, told, era);
        choices.drop(plan.decisions().stream()
                .filter(d -> d.action() != Decision.Action.AWAIT && d.action() != Decision.Action.FREEZE)
                .map(Decision::id)
                .toList());
        return done;
    }

    private void requireSomething(
            Map<HostId, LedgerReport> told, boolean reconciles, boolean withoutSilent, Collection<HostId> without) {
        var silent = hosts(recovery.awaited()).stream()
                .filter(h -> !told.containsKey(h) && !without.contains(h))
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
    private static Era later(Era own, Map<HostId, LedgerReport> told) {
        var latest = own;
        for (var one : told.entrySet()) {
            var era = era(one.getKey(), one.getValue());
            latest = latest.compareTo(era) < 0 ? era : latest;
        }
        return latest.next();
    }

    /** The latest era that a host has something of; no true one has anything of the last. */
    private static Era era(HostId host, LedgerReport told) {
        var latest = LongStream.concat(
                        LongStream.of(told.revision()),
                        told.documents().stream().mapToLong(d -> d.generation().value()))
                .max()
                .orElse(0);
        if (!Era.reaches(latest)) {
            throw new CloudException(
                    ErrorCode.INCORRECT_STATE,
                    "The host " + host + " says that it was told " + latest
                            + ", which no controller ever tells: it is not to be believed. Go on without it.");
        }
        return Era.of(latest);
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
        return Stream.of(
                        plan.decisions().stream().map(Decision::line),
                        ended.of(plan),
                        rows.groups(told).stream(),
                        lost.of(told))
                .flatMap(Function.identity())
                .toList();
    }

    /**
     * Decides about something frozen; the next {@link #apply} does it. Its hosts are asked for their ledgers again.
     *
     * @param id an instance or a volume that is frozen or awaited
     * @throws io.croft.controller.context.CloudException NotFound
     */
    @Transactional
    public RestoreStatus decide(String id, Choice choice) {
        var frozen = recovery.frozen().stream()
                .filter(f -> f.id().equals(id) && f.decision().equals(id))
                .findFirst();
        var planned = plan(List.of()).stream()
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
