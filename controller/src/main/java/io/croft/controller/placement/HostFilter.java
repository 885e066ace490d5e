package io.croft.controller.placement;

import io.croft.controller.fleet.HostState;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import io.croft.protocol.HostFacts;
import java.util.List;
import java.util.Optional;

/** One reason for which a host may be unfit; pure. */
@FunctionalInterface
interface HostFilter {
    /** Why the host cannot take another instance, with {@code free} left of it; empty when it can. */
    Optional<String> refusal(HostView host, Resources free, PlacementRequest request);

    /** All of them by name, the plainest reason first. */
    List<Named> ALL = List.of(
            new Named("state", HostFilter::state),
            new Named("cordon", HostFilter::cordon),
            new Named("zone", HostFilter::zone),
            new Named("group", HostFilter::group),
            new Named("aside", HostFilter::aside),
            new Named("problems", HostFilter::problems),
            new Named("architecture", HostFilter::architecture),
            new Named("abilities", HostFilter::abilities),
            new Named("storage", HostFilter::storage),
            new Named("cpus", HostFilter::cpus),
            new Named("memory", HostFilter::memory),
            new Named("disk", HostFilter::disk));

    /** A filter and what counts call it. */
    record Named(String name, HostFilter filter) {}

    /** What a host fails, and the sentence for the operator. */
    record Refusal(String filter, String reason) {}

    /** The first filter's refusal. */
    static Optional<Refusal> first(HostView host, Resources free, PlacementRequest request) {
        return ALL.stream()
                .map(f -> f.filter().refusal(host, free, request).map(reason -> new Refusal(f.name(), reason)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> state(HostView host, Resources free, PlacementRequest request) {
        return when(host.state() != HostState.READY, "is " + host.state());
    }

    private static Optional<String> cordon(HostView host, Resources free, PlacementRequest request) {
        return Optional.ofNullable(host.cordon()).map(reason -> "is cordoned: " + reason);
    }

    private static Optional<String> zone(HostView host, Resources free, PlacementRequest request) {
        return when(
                !request.zones().contains(host.zone()),
                "is in zone " + host.zone() + ", not in " + String.join(" or ", request.zones()));
    }

    private static Optional<String> group(HostView host, Resources free, PlacementRequest request) {
        return request.group().refusal(host);
    }

    private static Optional<String> aside(HostView host, Resources free, PlacementRequest request) {
        var aside = request.aside();
        return when(aside.only() && !aside.isOn(host.id()), "has nothing left that was set aside for it");
    }

    private static Optional<String> problems(HostView host, Resources free, PlacementRequest request) {
        return facts(host).filter(f -> !f.problems().isEmpty()).map(f -> String.join("; ", f.problems()));
    }

    private static Optional<String> architecture(HostView host, Resources free, PlacementRequest request) {
        var own = facts(host).map(HostFacts::architecture).orElse("unknown");
        var runs = facts(host).map(f -> f.runs(request.architecture())).orElse(false);
        return when(!runs, "is " + own + " and does not emulate " + request.architecture());
    }

    private static Optional<String> abilities(HostView host, Resources free, PlacementRequest request) {
        var lacking = request.abilities().stream()
                .filter(a -> !facts(host).map(f -> f.can(a)).orElse(false))
                .sorted()
                .toList();
        return when(!lacking.isEmpty(), "has an agent that is too old for " + String.join(", ", lacking));
    }

    private static Optional<String> storage(HostView host, Resources free, PlacementRequest request) {
        var backends = facts(host).map(HostFacts::storage).orElse(List.of());
        return backends.isEmpty()
                ? Optional.of("offers no storage")
                : request.storage().refusal(host);
    }

    private static Optional<String> cpus(HostView host, Resources free, PlacementRequest request) {
        return missing("vCPUs", free.vcpus(), request.each().vcpus(), 1);
    }

    private static Optional<String> memory(HostView host, Resources free, PlacementRequest request) {
        return missing("MiB of memory", free.memoryBytes(), request.each().memoryBytes(), 1L << 20);
    }

    private static Optional<String> disk(HostView host, Resources free, PlacementRequest request) {
        return missing("MiB of disk", free.diskBytes(), request.each().diskBytes(), 1L << 20);
    }

    private static Optional<String> missing(String what, long free, long wanted, long unit) {
        return when(
                wanted > 0 && free < wanted,
                "has " + free / unit + " of " + Math.ceilDiv(wanted, unit) + " " + what + " free: "
                        + Math.ceilDiv(wanted - free, unit) + " missing");
    }

    private static Optional<HostFacts> facts(HostView host) {
        return Optional.ofNullable(host.facts());
    }

    private static Optional<String> when(boolean unfit, String reason) {
        return unfit ? Optional.of(reason) : Optional.empty();
    }
}
