package io.croft.controller.compute.launch;

import io.croft.controller.blockstorage.volume.InstanceVolumes;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.compute.instance.Deadlines;
import io.croft.controller.compute.instance.InstanceAssembly;
import io.croft.controller.compute.instance.InstanceDocuments;
import io.croft.controller.compute.instance.InstanceParts;
import io.croft.controller.compute.instance.InstanceRow;
import io.croft.controller.compute.instance.InstanceTable;
import io.croft.controller.compute.instance.VmTable;
import io.croft.controller.compute.launch.Launch.Seat;
import io.croft.controller.compute.launchspec.LaunchRequest;
import io.croft.controller.compute.launchspec.LaunchRules;
import io.croft.controller.compute.launchtemplate.LaunchTemplates;
import io.croft.controller.context.Caller;
import io.croft.controller.context.ClientTokens;
import io.croft.controller.context.ParameterHash;
import io.croft.controller.fleet.HostView;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.network.eni.InstanceNetworks;
import io.croft.controller.placement.Plan.Place;
import io.croft.controller.quota.Quotas;
import io.croft.controller.tags.Tags;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.ReservationId;
import io.croft.types.ResourceId;
import io.croft.types.VolumeId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A launch: client token, capacity, addresses, volumes, instances and documents in one transaction, so that all of it happens or none. The hosts read of it
 * once it is committed.
 */
@Component
class RunInstances {
    private static final String ACTION = "RunInstances";
    private static final String TEMPLATE_TAG = "aws:ec2launchtemplate:id";
    private static final String TEMPLATE_VERSION_TAG = "aws:ec2launchtemplate:version";

    private final LaunchTemplates templates;
    private final LaunchResolution resolution;
    private final LaunchPlacement placement;
    private final InstanceNetworks networks;
    private final InstanceVolumes volumes;
    private final Quotas quotas;
    private final InstanceTable instances;
    private final VmTable vms;
    private final InstanceDocuments documents;
    private final InstanceAssembly assembly;
    private final Deadlines deadlines;
    private final ClientTokens tokens;
    private final Tags tags;
    private final History history;
    private final Clock clock;
    private final RandomGenerator random;

    RunInstances(
            LaunchTemplates templates,
            LaunchResolution resolution,
            LaunchPlacement placement,
            InstanceNetworks networks,
            InstanceVolumes volumes,
            Quotas quotas,
            InstanceTable instances,
            VmTable vms,
            InstanceDocuments documents,
            InstanceAssembly assembly,
            Deadlines deadlines,
            ClientTokens tokens,
            Tags tags,
            History history,
            Clock clock,
            RandomGenerator random) {
        this.templates = templates;
        this.resolution = resolution;
        this.placement = placement;
        this.networks = networks;
        this.volumes = volumes;
        this.quotas = quotas;
        this.instances = instances;
        this.vms = vms;
        this.documents = documents;
        this.assembly = assembly;
        this.deadlines = deadlines;
        this.tokens = tokens;
        this.tags = tags;
        this.history = history;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    Reservation run(Caller caller, LaunchRequest request) {
        LaunchRules.check(request);
        return once(caller, request.clientToken(), LaunchHash.of(request), () -> launch(caller, request, Map.of()));
    }

    /** A launch for which a template says what the request does not; a repeat of the request is one whatever the template says by then. */
    @Transactional
    Reservation run(Caller caller, TemplateLaunch asked) {
        var hash = new ParameterHash()
                .add(asked.template())
                .add(asked.version())
                .add(templates.text(asked.asked()))
                .add(asked.count());
        return once(caller, asked.clientToken(), hash.hex(), () -> {
            var source = templates.require(caller, asked.template(), asked.version());
            var spec = asked.asked().over(source.data());
            spec.requireDevices();
            var request = spec.complete(asked.count(), asked.clientToken());
            LaunchRules.check(request);
            return launch(
                    caller,
                    request,
                    Map.of(
                            TEMPLATE_TAG,
                            source.template().value(),
                            TEMPLATE_VERSION_TAG,
                            Long.toString(source.version())));
        });
    }

    private Reservation once(Caller caller, @Nullable String token, String hash, Supplier<Reservation> launch) {
        return tokens.once(
                new ClientTokens.Use(caller, ACTION, token, hash),
                launch,
                made -> List.of(made.id().value()),
                made -> again(caller, new ReservationId(made.getFirst())));
    }

    private Reservation again(Caller caller, ReservationId reservation) {
        var ids = instances.ofReservation(reservation).stream()
                .map(InstanceId::value)
                .toList();
        return new Reservation(reservation, caller.account(), assembly.views(ids));
    }

    /** Launches; {@code origin} are the tags that say of the instances what they come from. */
    private Reservation launch(Caller caller, LaunchRequest request, Map<String, String> origin) {
        var launch = resolution.resolve(caller, request);
        var disks = launch.disks().size();
        var granted = quotas.grant(
                caller.account(),
                launch.quotas(),
                launch.handedOn(),
                request.count().min(),
                request.count().max());
        var places = placement.place(launch, seats(granted, disks));
        requireQuota(launch, places.values());
        var made = insert(launch, places, origin);
        documents.put(made);
        note(launch, places);
        return new Reservation(
                launch.reservation(),
                caller.account(),
                made.stream().map(InstanceParts::view).toList());
    }

    /** Inserts the instances with all that belongs to them; returns them as they would be read. */
    private List<InstanceParts> insert(Launch launch, SequencedMap<Seat, Place> places, Map<String, String> origin) {
        var account = launch.caller().account();
        var rows = instanceRows(launch, places);
        instances.insert(rows, Objects.requireNonNull(deadlines.of(InstanceState.PENDING)));
        var placed = vms.insert(byInstance(places));
        var disks = volumes.create(account, placement.volumes(launch, places));
        var interfaces = networks.create(account, launch.network(), parts(places, launch::networkInterface));
        var tagged = tag(launch, places.keySet(), origin);
        return IntStream.range(0, rows.size())
                .mapToObj(i -> new InstanceParts(
                        rows.get(i),
                        List.of(placed.get(i)),
                        List.of(interfaces
                                .get(i)
                                .tagged(tags(tagged, interfaces.get(i).id()))),
                        ofSeat(disks, i, launch.disks().size()).stream()
                                .map(v -> v.tagged(tags(tagged, v.id())))
                                .toList(),
                        tags(tagged, rows.get(i).id())))
                .toList();
    }

    private static List<VolumeView> ofSeat(List<VolumeView> volumes, int seat, int each) {
        return volumes.subList(seat * each, (seat + 1) * each);
    }

    private static Map<String, String> tags(Map<String, Map<String, String>> tagged, ResourceId id) {
        return tagged.getOrDefault(id.value(), Map.of());
    }

    /** Not all that was set aside may have suited: those that take what is free are counted anew. */
    private void requireQuota(Launch launch, Collection<Place> places) {
        var size = places.size();
        if (launch.aside().count() > 0) {
            quotas.grant(launch.caller().account(), launch.quotas(), size, size);
        }
    }

    private List<Seat> seats(int count, int disks) {
        return Stream.generate(() -> new Seat(
                        InstanceId.random(random),
                        Stream.generate(() -> VolumeId.random(random))
                                .limit(disks)
                                .toList(),
                        NetworkInterfaceId.random(random)))
                .limit(count)
                .toList();
    }

    private static <T> List<T> parts(SequencedMap<Seat, Place> places, BiFunction<Seat, HostView, T> part) {
        return places.entrySet().stream()
                .map(e -> part.apply(e.getKey(), e.getValue().host()))
                .toList();
    }

    private List<InstanceRow> instanceRows(Launch launch, SequencedMap<Seat, Place> places) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var rows = new ArrayList<InstanceRow>();
        places.forEach((seat, place) -> rows.add(launch.instance(seat, place, rows.size(), now)));
        return rows;
    }

    private static SequencedMap<InstanceId, Place> byInstance(SequencedMap<Seat, Place> places) {
        var byInstance = new LinkedHashMap<InstanceId, Place>();
        places.forEach((seat, place) -> byInstance.put(seat.instance(), place));
        return byInstance;
    }

    /** Tags the parts; returns the tags of each by its id, in the order of their keys. */
    private Map<String, Map<String, String>> tag(Launch launch, Collection<Seat> seats, Map<String, String> origin) {
        var account = launch.caller().account();
        var wanted = new HashMap<String, Map<String, String>>();
        seats.forEach(s -> wanted.putAll(launch.tags(s)));
        tags.attach(account, wanted);
        var marked = seats.stream().collect(Collectors.toMap(s -> s.instance().value(), _ -> origin));
        tags.mark(account, marked);
        marked.forEach((id, own) -> wanted.merge(id, own, RunInstances::together));
        return wanted;
    }

    private static Map<String, String> together(Map<String, String> some, Map<String, String> others) {
        var all = new TreeMap<>(some);
        all.putAll(others);
        return all;
    }

    private void note(Launch launch, SequencedMap<Seat, Place> places) {
        history.record(places.entrySet().stream()
                .flatMap(e -> Stream.concat(
                        Stream.of(new Happening(
                                launch.caller().account(),
                                e.getKey().instance().value(),
                                InstanceState.PENDING.ec2Name(),
                                launch.type().name() + " from " + launch.image().id() + " on "
                                        + e.getValue().host().name() + " ("
                                        + e.getValue().host().id() + "), request "
                                        + launch.caller().requestId())),
                        noted(launch, e.getKey())))
                .toList());
    }

    /** The story of the volume to boot from is its instance's; the others begin one of their own. */
    private static Stream<Happening> noted(Launch launch, Seat seat) {
        return IntStream.range(1, launch.disks().size()).mapToObj(i -> {
            var disk = launch.disks().get(i);
            return new Happening(
                    launch.caller().account(),
                    seat.volumes().get(i).value(),
                    "created",
                    disk.shape().sizeGib() + " GiB of " + disk.shape().type().ec2Name()
                            + (disk.snapshot() == null ? "" : ", from " + disk.snapshot()) + " for " + seat.instance()
                            + " at " + disk.device() + ", request "
                            + launch.caller().requestId());
        });
    }
}
