package io.croft.agent.ledger;

import io.croft.protocol.DesiredBatch;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.OperationResult;
import io.croft.protocol.OperationSpec;
import io.croft.protocol.Presence;
import io.croft.protocol.VolumeSpec;
import io.croft.types.Era;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.OperationId;
import io.croft.types.VolumeId;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that the ledger holds, immutable.
 *
 * @param revision the newest desired revision taken; 0 before the first
 * @param documents every document, tombstones too, until the controller settles it
 * @param unclaimed documents that the controller's last full batch did not name: kept as they are, reported as orphans
 * @param contested documents that came again with the same generation and other content
 * @param results of operations, until the controller settles them
 * @param finished the last operations that were settled, oldest first
 * @param halted for each instance that powered itself off, the generation wanted then, or the last one since that only went on wanting it on
 * @param made volumes that were whole once
 * @param ran for each instance whose machine stays down when it stopped by itself, the generation wanted when it ran, or the last one since that only went on wanting it on
 * @param fence how far the host is behind its fence
 */
public record LedgerState(
        long revision,
        NavigableMap<DocumentKey, HostDocument> documents,
        Set<DocumentKey> unclaimed,
        Set<DocumentKey> contested,
        Map<OperationId, OperationResult> results,
        Set<OperationId> finished,
        Map<InstanceId, Generation> halted,
        Set<VolumeId> made,
        Map<InstanceId, Generation> ran,
        Fence fence) {
    static final LedgerState EMPTY = new LedgerState(
            0,
            Collections.emptyNavigableMap(),
            Set.of(),
            Set.of(),
            Map.of(),
            Set.of(),
            Map.of(),
            Set.of(),
            Map.of(),
            Fence.NONE);
    private static final int FINISHED_LIMIT = 1000;

    /** The documents of one kind, tombstones too. */
    public <T extends HostDocument> Stream<T> all(Class<T> type) {
        return documents.values().stream().filter(type::isInstance).map(type::cast);
    }

    /** The document of {@code type} under {@code kind} and {@code id}. */
    public <T extends HostDocument> Optional<T> find(Class<T> type, DocumentKind kind, String id) {
        return Optional.ofNullable(documents.get(new DocumentKey(kind, id))).map(type::cast);
    }

    /** The results, in an order that is the same each time. */
    public List<OperationResult> sortedResults() {
        return results.values().stream()
                .sorted(Comparator.comparing(r -> r.id().value()))
                .toList();
    }

    public Verdict verdict(HostDocument document) {
        if (document instanceof OperationSpec operation && finished.contains(operation.id())) {
            return Verdict.FINISHED;
        }
        var known = documents.get(document.key());
        if (known == null || known.generation().olderThan(document.generation())) {
            return Verdict.NEWER;
        }
        if (document.generation().olderThan(known.generation())) {
            return Verdict.OLDER;
        }
        return Verdict.ofSameGeneration(known, document);
    }

    /**
     * Whether {@code batch} is of another history than the one that led here, though its revision is not lower. What is there was told before anything else was, only tombstones and operations are
     * forgotten, and what is there goes by a tombstone. What was terminated in this history and is there in that one would be launched again, on an empty disk; what is there in this one alone would
     * be nobody's. What a restore has frozen is not told any more, from the first batch of its era on.
     */
    boolean deniedBy(DesiredBatch batch) {
        var told = batch.told();
        if (told == null || !batch.full()) {
            return false;
        }
        var other = batch.documents().stream()
                .limit(told)
                .filter(LedgerState::isThere)
                .map(this::verdict)
                .anyMatch(v -> v == Verdict.NEWER || v == Verdict.OLDER);
        return other || (Era.of(batch.revision()).equals(Era.of(revision)) && misses(batch));
    }

    private boolean misses(DesiredBatch batch) {
        var named = batch.documents().stream().map(HostDocument::key).collect(Collectors.toSet());
        return documents.values().stream()
                .filter(LedgerState::isThere)
                .map(HostDocument::key)
                .anyMatch(key -> !named.contains(key) && !unclaimed.contains(key));
    }

    private static boolean isThere(HostDocument document) {
        return document.presence() == Presence.PRESENT && !(document instanceof OperationSpec);
    }

    /** Whether {@code batch} says nothing that was not taken before. */
    boolean covers(DesiredBatch batch) {
        return !batch.full()
                && batch.behind() <= fence.told()
                && batch.revision() <= revision
                && batch.documents().stream()
                        .allMatch(d -> verdict(d) == Verdict.KNOWN && !unclaimed.contains(d.key()));
    }

    LedgerState with(LedgerEntry entry) {
        return switch (entry) {
            case LedgerEntry.Whole whole -> read(whole);
            case LedgerEntry.Accepted accepted -> accept(accepted.batch());
            case LedgerEntry.Recorded recorded -> record(recorded.result());
            case LedgerEntry.Settled settled -> settle(settled.settled());
            case LedgerEntry.Halted note -> {
                var next = new HashMap<>(halted);
                next.put(note.instance(), note.generation());
                yield copy(documents, unclaimed, contested, results, finished, next, made, ran);
            }
            case LedgerEntry.Ran note -> {
                var next = new HashMap<>(ran);
                next.put(note.instance(), note.generation());
                yield copy(documents, unclaimed, contested, results, finished, halted, made, next);
            }
            case LedgerEntry.Made note -> made(note.volume());
            case LedgerEntry.Passed note -> with(fence.passed(note.fence()));
            case LedgerEntry.Heard note -> with(fence.heard(note.boot()));
        };
    }

    LedgerEntry.Whole whole() {
        return new LedgerEntry.Whole(
                revision,
                List.copyOf(documents.values()),
                List.copyOf(unclaimed),
                List.copyOf(contested),
                List.copyOf(results.values()),
                List.copyOf(finished),
                halted.entrySet().stream()
                        .map(e -> new LedgerEntry.Halted(e.getKey(), e.getValue()))
                        .toList(),
                List.copyOf(made),
                ran.entrySet().stream()
                        .map(e -> new LedgerEntry.Ran(e.getKey(), e.getValue()))
                        .toList(),
                fence);
    }

    private static LedgerState read(LedgerEntry.Whole whole) {
        var documents = new TreeMap<DocumentKey, HostDocument>();
        whole.documents().forEach(d -> documents.put(d.key(), d));
        return new LedgerState(
                whole.revision(),
                documents,
                Set.copyOf(whole.unclaimed()),
                Set.copyOf(whole.contested()),
                whole.results().stream().collect(Collectors.toMap(OperationResult::id, r -> r)),
                new LinkedHashSet<>(whole.finished()),
                whole.halted().stream()
                        .collect(Collectors.toMap(LedgerEntry.Halted::instance, LedgerEntry.Halted::generation)),
                Set.copyOf(whole.made()),
                Objects.requireNonNullElse(whole.ran(), List.<LedgerEntry.Ran>of()).stream()
                        .collect(Collectors.toMap(LedgerEntry.Ran::instance, LedgerEntry.Ran::generation)),
                Objects.requireNonNullElse(whole.fence(), Fence.NONE));
    }

    private LedgerState accept(DesiredBatch batch) {
        var nextDocuments = new TreeMap<>(documents);
        var nextUnclaimed = new HashSet<>(unclaimed);
        var nextContested = new HashSet<>(contested);
        var nextMade = new HashSet<>(made);
        var nextHalted = new HashMap<>(halted);
        var nextRan = new HashMap<>(ran);
        for (var document : batch.documents()) {
            switch (verdict(document)) {
                case NEWER, FULLER -> {
                    nextDocuments.put(document.key(), document);
                    nextContested.remove(document.key());
                    if (document instanceof VolumeSpec volume && volume.presence() == Presence.ABSENT) {
                        nextMade.remove(volume.id());
                    }
                    if (document instanceof InstanceSpec instance) {
                        keepNote(nextHalted, instance);
                        keepNote(nextRan, instance);
                    }
                }
                case CONTESTED -> nextContested.add(document.key());
                case KNOWN, OLDER, FINISHED -> {}
            }
            nextUnclaimed.remove(document.key());
        }
        if (batch.full()) {
            var named = batch.documents().stream().map(HostDocument::key).collect(Collectors.toSet());
            nextDocuments.keySet().removeIf(k -> k.kind() == DocumentKind.OPERATION && !named.contains(k));
            nextUnclaimed.clear();
            nextDocuments.values().stream()
                    .filter(d -> d.presence() == Presence.PRESENT && !named.contains(d.key()))
                    .forEach(d -> nextUnclaimed.add(d.key()));
        }
        var nextResults = new HashMap<>(results);
        nextResults.keySet().removeIf(id -> !nextDocuments.containsKey(operation(id)));
        var nextRevision = batch.full() ? batch.revision() : Math.max(revision, batch.revision());
        return new LedgerState(
                nextRevision,
                nextDocuments,
                nextUnclaimed,
                nextContested,
                nextResults,
                finished,
                nextHalted,
                nextMade,
                nextRan,
                fence.told(batch.behind()));
    }

    /** A machine that is wanted on as it was before is not wanted on anew: what was noted of it then still holds. */
    private void keepNote(Map<InstanceId, Generation> notes, InstanceSpec now) {
        var noted = notes.get(now.id());
        var before = find(InstanceSpec.class, DocumentKind.INSTANCE, now.id().value());
        if (noted != null
                && now.power() == InstanceSpec.Power.ON
                && before.filter(b -> b.power() == InstanceSpec.Power.ON && !noted.olderThan(b.generation()))
                        .isPresent()) {
            notes.put(now.id(), now.generation());
        }
    }

    private LedgerState made(VolumeId volume) {
        var next = new HashSet<>(made);
        find(VolumeSpec.class, DocumentKind.VOLUME, volume.value())
                .filter(v -> v.presence() == Presence.PRESENT)
                .ifPresent(v -> next.add(v.id()));
        return copy(documents, unclaimed, contested, results, finished, halted, next, ran);
    }

    private LedgerState record(OperationResult result) {
        var next = new HashMap<>(results);
        next.put(result.id(), result);
        return copy(documents, unclaimed, contested, next, finished, halted, made, ran);
    }

    private LedgerState settle(List<Settlement> settled) {
        var nextDocuments = new TreeMap<>(documents);
        var nextFinished = new LinkedHashSet<>(finished);
        for (var settlement : settled) {
            var known = documents.get(settlement.key());
            if (known == null || !known.generation().equals(settlement.generation())) {
                continue;
            }
            if (known instanceof OperationSpec operation) {
                nextDocuments.remove(settlement.key());
                nextFinished.add(operation.id());
            } else if (known.presence() == Presence.ABSENT) {
                nextDocuments.remove(settlement.key());
            }
        }
        while (nextFinished.size() > FINISHED_LIMIT) {
            nextFinished.removeFirst();
        }
        var nextResults = new HashMap<>(results);
        nextResults.keySet().removeIf(id -> !nextDocuments.containsKey(operation(id)));
        return copy(
                nextDocuments,
                keep(unclaimed, nextDocuments),
                keep(contested, nextDocuments),
                nextResults,
                nextFinished,
                keepNotes(halted, nextDocuments),
                made,
                keepNotes(ran, nextDocuments));
    }

    private LedgerState with(Fence now) {
        return new LedgerState(revision, documents, unclaimed, contested, results, finished, halted, made, ran, now);
    }

    private static DocumentKey operation(OperationId id) {
        return new DocumentKey(DocumentKind.OPERATION, id.value());
    }

    private static Map<InstanceId, Generation> keepNotes(
            Map<InstanceId, Generation> notes, Map<DocumentKey, HostDocument> documents) {
        var kept = new HashMap<>(notes);
        kept.keySet().removeIf(id -> !documents.containsKey(new DocumentKey(DocumentKind.INSTANCE, id.value())));
        return kept;
    }

    private static Set<DocumentKey> keep(Set<DocumentKey> keys, Map<DocumentKey, HostDocument> documents) {
        return keys.stream().filter(documents::containsKey).collect(Collectors.toSet());
    }

    private LedgerState copy(
            NavigableMap<DocumentKey, HostDocument> documents,
            Set<DocumentKey> unclaimed,
            Set<DocumentKey> contested,
            Map<OperationId, OperationResult> results,
            Set<OperationId> finished,
            Map<InstanceId, Generation> halted,
            Set<VolumeId> made,
            Map<InstanceId, Generation> ran) {
        return new LedgerState(revision, documents, unclaimed, contested, results, finished, halted, made, ran, fence);
    }
}
