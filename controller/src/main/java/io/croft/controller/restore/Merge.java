package io.croft.controller.restore;

import io.croft.controller.restore.Decision.Action;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.LedgerReport;
import io.croft.protocol.Presence;
import io.croft.protocol.VolumeSpec;
import io.croft.types.HostId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From what the database wants of its hosts and what these have to what becomes of each instance and volume. Pure.
 *
 * <p>A host's word is newer than the database's: the controller told it so after the copy was made. Only what the host was not told yet is the database's to say. That something
 * is not there is concluded from the whole ledger of a host that was told all that the database knows of, never from silence.
 */
final class Merge {
    private final Map<HostId, Share> database;
    private final Map<HostId, LedgerReport> ledgers;
    private final Set<String> ended;
    private final Map<String, String> held;
    private final Map<String, Choice> choices;
    private final Map<HostId, Map<DocumentKey, HostDocument>> told = new HashMap<>();

    /**
     * @param database the hosts' shares, also of those that have not spoken
     * @param ledgers of the hosts that have
     * @param ended instances that the database knows as terminated
     * @param held why instances and volumes were frozen before: they stay so until the operator decides
     * @param choices the operator's, by instance or volume
     */
    Merge(
            Map<HostId, Share> database,
            Map<HostId, LedgerReport> ledgers,
            Set<String> ended,
            Map<String, String> held,
            Map<String, Choice> choices) {
        this.database = database;
        this.ledgers = ledgers;
        this.ended = ended;
        this.held = held;
        this.choices = choices;
        ledgers.forEach((host, ledger) -> told.put(
                host, ledger.documents().stream().collect(Collectors.toMap(HostDocument::key, Function.identity()))));
    }

    Plan plan() {
        var volumes = new TreeMap<String, Decision>();
        ids(DocumentKind.VOLUME).forEach(id -> volumes.put(id, decide(volume(id))));
        var instances = new TreeMap<String, Decision>();
        ids(DocumentKind.INSTANCE).forEach(id -> instances.put(id, whole(decide(instance(id)), volumes)));
        freezeDoubles(instances);
        instances.values().forEach(i -> takeAlong(i, volumes));
        return new Plan(instances, volumes, this);
    }

    /** With an instance of which nothing is left go its volumes, where they wait for nothing but that: no host has them. */
    private void takeAlong(Decision instance, Map<String, Decision> volumes) {
        if (instance.action() == Action.TERMINATE) {
            parts(instance.id()).stream()
                    .filter(k -> k.kind() == DocumentKind.VOLUME && isNowhere(k))
                    .forEach(k -> volumes.computeIfPresent(
                            k.id(),
                            (id, own) -> own.action() == Action.FREEZE
                                    ? new Decision(
                                            id,
                                            Action.TERMINATE,
                                            instance.host(),
                                            "Its instance is terminated, and no host has it.")
                                    : own));
        }
    }

    /** Whether all hosts that may have it have spoken, and none has. */
    private boolean isNowhere(DocumentKey key) {
        return ledgers.keySet().containsAll(having(database.keySet(), h -> wanted(h, key)))
                && ledgers.keySet().stream().noneMatch(h -> isThere(h, key));
    }

    static DocumentKey instance(String id) {
        return new DocumentKey(DocumentKind.INSTANCE, id);
    }

    static DocumentKey volume(String id) {
        return new DocumentKey(DocumentKind.VOLUME, id);
    }

    private Set<String> ids(DocumentKind kind) {
        return Stream.concat(
                        database.values().stream().flatMap(s -> s.documents().keySet().stream()),
                        told.values().stream().flatMap(d -> d.keySet().stream()))
                .filter(k -> k.kind() == kind)
                .map(DocumentKey::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private @Nullable HostDocument known(HostId host, DocumentKey key) {
        return told.getOrDefault(host, Map.of()).get(key);
    }

    private @Nullable HostDocument wanted(HostId host, DocumentKey key) {
        return database.getOrDefault(host, Share.NONE).documents().get(key);
    }

    /** Whether the host was not told yet what the database wants. */
    private boolean isNews(HostId host, DocumentKey key) {
        var ledger = ledgers.get(host);
        var at = database.getOrDefault(host, Share.NONE).revisions().get(key);
        return ledger != null && at != null && at > ledger.revision();
    }

    /** What counts of a resource on a host: the host's word, unless it was not told yet what the database wants; null when neither has one. */
    @Nullable
    HostDocument counts(HostId host, DocumentKey key) {
        var known = known(host, key);
        return known == null || isNews(host, key)
                ? Optional.ofNullable(wanted(host, key)).orElse(known)
                : known;
    }

    private static boolean present(@Nullable HostDocument document) {
        return document != null && document.presence() == Presence.PRESENT;
    }

    private static List<HostId> having(Collection<HostId> hosts, Function<HostId, @Nullable HostDocument> document) {
        return hosts.stream()
                .filter(h -> present(document.apply(h)))
                .sorted(Comparator.comparing(HostId::value))
                .toList();
    }

    private Decision decide(DocumentKey key) {
        var having = having(ledgers.keySet(), h -> known(h, key));
        var wanting = having(database.keySet(), h -> wanted(h, key));
        var choice = choices.get(key.id());
        if (choice != null) {
            var chosen = chosen(key, choice, having, wanting);
            if (chosen.isPresent()) {
                return chosen.get();
            }
        }
        var before = held.get(key.id());
        if (before != null) {
            return freeze(key, before);
        }
        if (key.kind() == DocumentKind.VOLUME && ledgers.keySet().containsAll(wanting)) {
            var moved = moved(key, having, wanting);
            if (moved.isPresent()) {
                return moved.get();
            }
        }
        if (having.size() > 1) {
            return freeze(key, "It is on several hosts: " + names(having) + ".");
        }
        var silent = wanting.stream().filter(h -> !ledgers.containsKey(h)).findFirst();
        if (silent.isPresent()) {
            return having.isEmpty()
                    ? new Decision(key.id(), Action.AWAIT, silent.get(), "The host has not spoken since the restore.")
                    : freeze(
                            key,
                            "It is on " + names(having) + ", in the database on " + silent.get()
                                    + ", which is silent.");
        }
        if (!having.isEmpty() && !wanting.isEmpty() && !wanting.equals(having)) {
            return freeze(key, "It is on " + names(having) + ", in the database on " + names(wanting) + ".");
        }
        if (!having.isEmpty()) {
            return had(having.getFirst(), key);
        }
        return wanting.isEmpty() ? ending(key) : lacked(wanting.getFirst(), key);
    }

    /**
     * Where a volume is that several hosts have, or another than the database says: on the one that was told of it last and was proved to have it. What the others have is of before, or not whole; they keep it as what no document names.
     */
    private Optional<Decision> moved(DocumentKey key, List<HostId> having, List<HostId> wanting) {
        var newest = having.stream()
                .sorted(Comparator.comparingLong((HostId h) -> generation(known(h, key)))
                        .reversed())
                .toList();
        if (newest.isEmpty() || (having.size() == 1 && (wanting.isEmpty() || wanting.equals(having)))) {
            return Optional.empty();
        }
        var right = newest.stream().filter(h -> isMade(h, key)).findFirst().orElse(newest.getLast());
        if (wanting.contains(right)) {
            return Optional.of(had(right, key));
        }
        var later = wanting.stream().allMatch(h -> generation(wanted(h, key)) < generation(known(right, key)));
        return Optional.of(right)
                .filter(h -> later && isMade(h, key))
                .map(h -> new Decision(
                        key.id(),
                        wanting.isEmpty() ? Action.ADOPT : Action.FOLLOW,
                        h,
                        "It has moved: the host was told of it last, and has all of it."));
    }

    private static long generation(@Nullable HostDocument document) {
        return document == null ? 0 : document.generation().value();
    }

    /** Whether a host was proved to have all of a volume. */
    private boolean isMade(HostId host, DocumentKey volume) {
        return Objects.requireNonNull(ledgers.get(host)).made().stream()
                .anyMatch(v -> v.value().equals(volume.id()));
    }

    /** Its host has it. */
    private Decision had(HostId host, DocumentKey key) {
        var known = Objects.requireNonNull(known(host, key));
        var wanted = wanted(host, key);
        // Its end, too, when it was asked for while the host was away.
        if (wanted != null && isNews(host, key)) {
            return new Decision(key.id(), Action.KEEP, host, "The host was not told yet what is wanted of it.");
        }
        if (ended.contains(key.id())) {
            return freeze(key, "The database has it as terminated, and the host " + host + " has it.");
        }
        if (wanted == null) {
            return new Decision(key.id(), Action.ADOPT, host, "Only the host knows it" + untold(known));
        }
        if (wanted.presence() == Presence.ABSENT) {
            return freeze(key, "The database wants it gone, and the host was told otherwise.");
        }
        return known.equals(wanted)
                ? new Decision(key.id(), Action.KEEP, host, "The host has it as the database does.")
                : new Decision(key.id(), Action.FOLLOW, host, "The host was told otherwise since.");
    }

    /** What no document of an adopted resource tells. */
    private static String untold(HostDocument document) {
        return switch (document) {
            case InstanceSpec instance ->
                "; protected from termination. Hosts are not told, and it has no more, "
                        + (instance.metadata().tags().isEmpty() ? "its tags, " : "")
                        + "its shutdown behavior (stop now), its stop protection (off now), whether it was asked to be"
                        + " optimized for EBS, and its client token.";
            case VolumeSpec _ ->
                ". Hosts are not told, and it has no more, its type (gp3 now), its tags, and whether it goes with its"
                        + " instance (the boot disk does).";
            default -> ".";
        };
    }

    /** Its host, which has spoken, does not want it, or knows nothing of it. */
    private Decision lacked(HostId host, DocumentKey key) {
        if (known(host, key) != null) {
            return new Decision(key.id(), Action.END, host, "The host was told to remove it.");
        }
        if (isThere(host, key)) {
            return new Decision(key.id(), Action.KEEP, host, "The host has it, and nothing in its ledger.");
        }
        var disks = key.kind() == DocumentKind.INSTANCE
                ? disks((InstanceSpec) Objects.requireNonNull(wanted(host, key)))
                : Set.<String>of();
        var there = disks.stream().filter(id -> isThere(host, volume(id))).count();
        if (there > 0) {
            return there == disks.size()
                    ? new Decision(key.id(), Action.STOP, host, "The host has its volumes, and nothing else of it.")
                    : freeze(key, "The host has some of its volumes only.");
        }
        var ledger = Objects.requireNonNull(ledgers.get(host));
        if (!ledger.whole()) {
            return freeze(key, "The host knows nothing of it, and has lost a part of its ledger.");
        }
        if (ledger.revision() < database.getOrDefault(host, Share.NONE).revision()) {
            return freeze(key, "The host knows nothing of it, and was not told all that the database wants.");
        }
        return new Decision(key.id(), Action.TERMINATE, host, "The host was told all, and has nothing of it.");
    }

    /** Nobody wants it any more; whoever still has a tombstone carries that out. */
    private Decision ending(DocumentKey key) {
        var host = Stream.concat(database.keySet().stream(), ledgers.keySet().stream())
                .filter(h -> wanted(h, key) != null || known(h, key) != null)
                .findFirst()
                .orElseThrow();
        return ledgers.containsKey(host)
                ? new Decision(key.id(), Action.KEEP, host, "It is being removed.")
                : new Decision(key.id(), Action.AWAIT, host, "The host has not spoken since the restore.");
    }

    /** Whether the host has it, be it by its ledger or by what it sees. */
    private boolean isThere(HostId host, DocumentKey key) {
        var ledger = ledgers.get(host);
        return present(known(host, key))
                || (ledger != null
                        && ledger.orphans().stream()
                                .anyMatch(
                                        o -> o.kind() == key.kind() && o.owner().equals(key.id())));
    }

    private Optional<Decision> chosen(DocumentKey key, Choice choice, List<HostId> having, List<HostId> wanting) {
        var id = key.id();
        var reason = "The operator decided so.";
        return switch (choice.kind()) {
            case TERMINATED ->
                Optional.of(
                        having.isEmpty()
                                ? new Decision(
                                        id, Action.TERMINATE, wanting.isEmpty() ? null : wanting.getFirst(), reason)
                                : new Decision(id, Action.END, having.getFirst(), reason));
            case STOPPED ->
                Stream.concat(having.stream(), wanting.stream())
                        .filter(h -> ledgers.containsKey(h) && hasDisks(h, key))
                        .findFirst()
                        .map(h -> new Decision(id, Action.STOP, h, reason));
            case HOST ->
                having.stream()
                        .filter(h -> h.equals(choice.host()))
                        .findFirst()
                        .map(h -> new Decision(id, wanted(h, key) == null ? Action.ADOPT : Action.FOLLOW, h, reason));
        };
    }

    private boolean hasDisks(HostId host, DocumentKey key) {
        return counts(host, key) instanceof InstanceSpec spec
                && disks(spec).stream().allMatch(v -> isThere(host, volume(v)));
    }

    static Set<String> disks(InstanceSpec spec) {
        return spec.disks().stream().map(DiskSpec::volume).map(v -> v.value()).collect(Collectors.toSet());
    }

    /** A machine is only taken as it is with all that belongs to it: a disk that its host does not have would be made anew, empty. */
    private Decision whole(Decision decision, Map<String, Decision> volumes) {
        var host = decision.host();
        if (host == null || !Set.of(Action.KEEP, Action.FOLLOW, Action.ADOPT).contains(decision.action())) {
            return decision;
        }
        if (!(counts(host, instance(decision.id())) instanceof InstanceSpec spec) || !present(spec)) {
            return decision;
        }
        var parts = Stream.concat(
                disks(spec).stream().map(Merge::volume),
                spec.interfaces().stream().map(i -> new DocumentKey(DocumentKind.INTERFACE, i.value())));
        var own = instance(decision.id());
        return parts.filter(part -> !isPart(host, part, own))
                .findFirst()
                .map(part -> freeze(own, "The host does not have " + part.id() + ", which belongs to it."))
                .or(() -> disks(spec).stream()
                        .flatMap(v -> Stream.ofNullable(volumes.get(v)))
                        .filter(v -> v.action() == Action.FREEZE)
                        .findFirst()
                        .map(v -> freeze(own, v.id() + ": " + v.reason())))
                .orElse(decision);
    }

    private boolean isPart(HostId host, DocumentKey part, DocumentKey owner) {
        if (isThere(host, part)) {
            return true;
        }
        var withoutLedger = known(host, owner) == null && part.kind() == DocumentKind.INTERFACE;
        return present(wanted(host, part)) && (isNews(host, part) || withoutLedger);
    }

    /** Of two that have one address, the one that a host runs keeps it. */
    private void freezeDoubles(Map<String, Decision> instances) {
        var owners = new HashMap<String, String>();
        for (var action : List.of(Action.FOLLOW, Action.ADOPT, Action.KEEP, Action.STOP, Action.AWAIT)) {
            for (var decision : List.copyOf(instances.values())) {
                if (decision.action() == action) {
                    var taken = interfaces(decision).stream()
                            .flatMap(i -> names(i, action))
                            .filter(name -> !decision.id().equals(owners.computeIfAbsent(name, _ -> decision.id())))
                            .findFirst();
                    taken.ifPresent(name -> instances.put(
                            decision.id(),
                            freeze(instance(decision.id()), owners.get(name) + " has its " + name + " too.")));
                }
            }
        }
    }

    private static Stream<String> names(InterfaceSpec i, Action action) {
        var own = Stream.concat(
                Stream.of("MAC address " + i.mac()),
                i.addresses().stream().map(a -> "address " + a + " of " + i.subnet()));
        return action == Action.STOP
                ? own
                : Stream.concat(own, Stream.ofNullable(i.publicAddress()).map(a -> "public address " + a));
    }

    /** The interfaces of an instance as they count on its host, those being removed left out. */
    List<InterfaceSpec> interfaces(Decision decision) {
        var host = decision.host();
        if (host == null) {
            return List.of();
        }
        var keys = new HashSet<DocumentKey>();
        keys.addAll(told.getOrDefault(host, Map.of()).keySet());
        keys.addAll(database.getOrDefault(host, Share.NONE).documents().keySet());
        return keys.stream()
                .filter(k -> k.kind() == DocumentKind.INTERFACE)
                .sorted()
                .flatMap(k -> Stream.ofNullable(decision.action() == Action.AWAIT ? wanted(host, k) : counts(host, k)))
                .map(InterfaceSpec.class::cast)
                .filter(i -> i.instance().value().equals(decision.id()) && present(i))
                .toList();
    }

    /** The hosts that have the resource, or of which the database says so. */
    List<HostId> hosts(DocumentKey key) {
        return Stream.concat(
                        having(ledgers.keySet(), h -> known(h, key)).stream(),
                        having(database.keySet(), h -> wanted(h, key)).stream())
                .distinct()
                .toList();
    }

    /** All interfaces and volumes that anybody takes for parts of an instance, by their kinds. */
    Set<DocumentKey> parts(String instance) {
        var own = new HashSet<DocumentKey>();
        everything().forEach(d -> {
            if (d instanceof InterfaceSpec i && i.instance().value().equals(instance)) {
                own.add(d.key());
            } else if (d instanceof InstanceSpec i && i.id().value().equals(instance)) {
                disks(i).forEach(v -> own.add(volume(v)));
            }
        });
        return own;
    }

    /** Whether a host still has interfaces of the instance to remove. */
    boolean isBeingUnplugged(String instance) {
        return told.values().stream()
                .flatMap(d -> d.values().stream())
                .anyMatch(d ->
                        d instanceof InterfaceSpec i && i.instance().value().equals(instance));
    }

    /** What anybody says of an instance. */
    Stream<InstanceSpec> specs(String id) {
        return everything().filter(d -> d.key().equals(instance(id))).map(InstanceSpec.class::cast);
    }

    private Stream<HostDocument> everything() {
        return Stream.concat(database.values().stream().map(Share::documents), told.values().stream())
                .flatMap(documents -> documents.values().stream());
    }

    private static Decision freeze(DocumentKey key, String reason) {
        return new Decision(key.id(), Action.FREEZE, null, reason);
    }

    private static String names(List<HostId> hosts) {
        return hosts.stream().map(HostId::value).collect(Collectors.joining(", "));
    }
}
