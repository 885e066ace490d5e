package io.croft.controller.compute;

import io.croft.controller.blockstorage.InstanceVolumes;
import io.croft.controller.blockstorage.NewRootVolume;
import io.croft.controller.context.Caller;
import io.croft.controller.context.ClientTokens;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.ParameterHash;
import io.croft.controller.fleet.Claim;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.image.ImageView;
import io.croft.controller.image.Images;
import io.croft.controller.instancetype.InstanceTypeView;
import io.croft.controller.instancetype.InstanceTypes;
import io.croft.controller.keypair.KeyPairs;
import io.croft.controller.network.InstanceNetworks;
import io.croft.controller.network.LaunchNetwork;
import io.croft.controller.network.NetworkRequest;
import io.croft.controller.network.NewInterface;
import io.croft.controller.network.PublicAddressWish;
import io.croft.controller.placement.Grouping;
import io.croft.controller.placement.NoCapacityException;
import io.croft.controller.placement.Placement;
import io.croft.controller.placement.PlacementRequest;
import io.croft.controller.placement.Plan.Place;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.controller.tags.TagSpecification;
import io.croft.controller.tags.Tags;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.ReservationId;
import io.croft.types.ResourceType;
import io.croft.types.VolumeId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    private static final String CLIENT_TOKEN = "ClientToken";
    private static final String TEMPLATE_TAG = "aws:ec2launchtemplate:id";
    private static final String TEMPLATE_VERSION_TAG = "aws:ec2launchtemplate:version";
    private static final long GIB = 1L << 30;

    private final StoredLaunchTemplates templates;
    private final LaunchReading reading;
    private final Images images;
    private final InstanceTypes types;
    private final KeyPairs keyPairs;
    private final StoredPlacementGroups groups;
    private final InstanceNetworks networks;
    private final InstanceVolumes volumes;
    private final Quotas quotas;
    private final Placement placement;
    private final InstanceTable instances;
    private final VmTable vms;
    private final InstanceDocuments documents;
    private final InstanceViews views;
    private final Deadlines deadlines;
    private final ClientTokens tokens;
    private final Tags tags;
    private final History history;
    private final PlacementRefusals refusals;
    private final Clock clock;
    private final RandomGenerator random;

    RunInstances(
            StoredLaunchTemplates templates,
            LaunchReading reading,
            Images images,
            InstanceTypes types,
            KeyPairs keyPairs,
            StoredPlacementGroups groups,
            InstanceNetworks networks,
            InstanceVolumes volumes,
            Quotas quotas,
            Placement placement,
            InstanceTable instances,
            VmTable vms,
            InstanceDocuments documents,
            InstanceViews views,
            Deadlines deadlines,
            ClientTokens tokens,
            Tags tags,
            History history,
            PlacementRefusals refusals,
            Clock clock,
            RandomGenerator random) {
        this.templates = templates;
        this.reading = reading;
        this.images = images;
        this.types = types;
        this.keyPairs = keyPairs;
        this.groups = groups;
        this.networks = networks;
        this.volumes = volumes;
        this.quotas = quotas;
        this.placement = placement;
        this.instances = instances;
        this.vms = vms;
        this.documents = documents;
        this.views = views;
        this.deadlines = deadlines;
        this.tokens = tokens;
        this.tags = tags;
        this.history = history;
        this.refusals = refusals;
        this.clock = clock;
        this.random = random;
    }

    /** What a launch's request means, once everything that it names is found. */
    private record Launch(
            Caller caller,
            LaunchRequest request,
            ReservationId reservation,
            ImageView image,
            InstanceTypeView type,
            @Nullable String publicKey,
            PlacementGroupTable.@Nullable Row group,
            LaunchNetwork network) {
        private int sizeGib() {
            return Objects.requireNonNullElse(
                    request.rootDisk().sizeGib(), image.rootVolume().sizeGib());
        }

        private @Nullable GroupMembership membership(@Nullable Integer partition) {
            return group == null ? null : new GroupMembership(group.id(), group.name(), partition);
        }

        private LaunchNetwork.Choice subnet(HostView host) {
            return network.subnets().stream()
                    .filter(s -> s.zone().equals(host.zone()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** One instance to be, with the ids of its parts. */
    private record Seat(InstanceId instance, VolumeId volume, NetworkInterfaceId networkInterface) {}

    @Transactional
    Reservation run(Caller caller, LaunchRequest request) {
        LaunchRules.check(request);
        return once(caller, request.clientToken(), LaunchHash.of(request), () -> launch(caller, request, Map.of()));
    }

    /** A launch for which a template says what the request does not; a repeat of the request is one whatever the template says by then. */
    @Transactional
    Reservation run(Caller caller, LaunchTemplateReference template, @Nullable String version, LaunchParameters asked) {
        var hash = new ParameterHash().add(template).add(version).add(templates.text(asked.without(CLIENT_TOKEN)));
        return once(caller, asked.text(CLIENT_TOKEN), hash.hex(), () -> {
            var source = templates.require(caller, template, version);
            var request = reading.read(asked.over(source.data()));
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
        return new Reservation(reservation, caller.account(), views.of(ids));
    }

    /** Launches; {@code origin} are the tags that say of the instances what they come from. */
    private Reservation launch(Caller caller, LaunchRequest request, Map<String, String> origin) {
        var launch = resolve(caller, request);
        var seats = IntStream.range(0, granted(launch))
                .mapToObj(_ ->
                        new Seat(InstanceId.random(random), VolumeId.random(random), NetworkInterfaceId.random(random)))
                .toList();
        var hosts = place(launch, seats);
        var taken = List.copyOf(hosts.keySet());
        var ids = taken.stream().map(Seat::instance).toList();
        insertInstances(launch, hosts);
        volumes.createRoots(
                caller.account(),
                taken.stream().map(s -> rootVolume(launch, s, host(hosts, s))).toList());
        networks.create(
                caller.account(),
                launch.network(),
                taken.stream()
                        .map(s -> networkInterface(launch, s, host(hosts, s)))
                        .toList());
        tag(launch, taken, origin);
        documents.put(ids);
        note(launch, hosts);
        return new Reservation(
                launch.reservation(),
                caller.account(),
                views.of(ids.stream().map(InstanceId::value).toList()));
    }

    private static HostView host(Map<Seat, Place> hosts, Seat seat) {
        return Objects.requireNonNull(hosts.get(seat)).host();
    }

    private Launch resolve(Caller caller, LaunchRequest request) {
        var image = images.launchable(caller.account(), request.image());
        var type = types.require(Objects.requireNonNullElse(request.instanceType(), LaunchRequest.DEFAULT_TYPE));
        LaunchRules.checkArchitecture(image.architecture(), type);
        checkRootDisk(image, request.rootDisk());
        checkHibernation(request, type);
        var publicKey = request.keyName() == null ? null : keyPairs.publicKey(caller, request.keyName());
        var network = networks.resolve(
                caller.account(),
                new NetworkRequest(request.subnet(), request.zone(), request.groupIds(), request.groupNames()));
        var group = request.group() == null ? null : groups.join(caller, request.group());
        return new Launch(caller, request, ReservationId.random(random), image, type, publicKey, group, network);
    }

    private static void checkHibernation(LaunchRequest request, InstanceTypeView type) {
        if (request.hibernation() && !type.hibernates()) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED_HIBERNATION_CONFIGURATION,
                    "The instance type '" + type.name() + "' has too much memory to be hibernated");
        }
    }

    private static void checkRootDisk(ImageView image, RootDiskRequest disk) {
        if (disk.deviceName() != null && !disk.deviceName().equals(image.rootDeviceName())) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "BlockDeviceMapping for '" + disk.deviceName() + "': only the root device '"
                            + image.rootDeviceName() + "' can be mapped");
        }
        if (disk.sizeGib() != null && disk.sizeGib() < image.leastVolumeGibibytes()) {
            throw new CloudException(
                    ErrorCode.INVALID_BLOCK_DEVICE_MAPPING,
                    "Volume of size " + disk.sizeGib() + "GB is smaller than the image '" + image.id()
                            + "', expect size >= " + image.leastVolumeGibibytes() + "GB");
        }
    }

    /** How many of the instances the account's quotas allow. */
    private int granted(Launch launch) {
        var request = launch.request();
        var each = new EnumMap<>(Map.of(
                Quota.INSTANCES,
                1L,
                Quota.VCPUS,
                (long) launch.type().vcpus(),
                Quota.MEMORY_MIB,
                (long) launch.type().memoryMib(),
                Quota.VOLUMES,
                1L,
                Quota.VOLUME_GIB,
                (long) launch.sizeGib(),
                Quota.NETWORK_INTERFACES,
                1L));
        if (Boolean.TRUE.equals(request.publicAddress())) {
            each.put(Quota.ADDRESSES, 1L);
        }
        return quotas.grant(launch.caller().account(), each, request.minCount(), request.maxCount());
    }

    /** Claims room for as many instances as there is, the seats in their order. */
    private Map<Seat, Place> place(Launch launch, List<Seat> seats) {
        var compute = new Resources(launch.type().vcpus(), launch.type().memoryBytes(), 0);
        var disk = new Resources(0, 0, launch.sizeGib() * GIB);
        var wanted = new PlacementRequest(
                launch.network().subnets().stream()
                        .map(LaunchNetwork.Choice::zone)
                        .toList(),
                launch.image().architecture(),
                compute.plus(disk),
                grouping(launch),
                launch.request().minCount(),
                seats.size());
        try {
            var hosts = new LinkedHashMap<Seat, Place>();
            placement
                    .place(
                            wanted,
                            n -> List.of(
                                    new Claim(seats.get(n).instance(), compute),
                                    new Claim(seats.get(n).volume(), disk)))
                    .forEach(p -> hosts.put(seats.get(p.index()), p.place()));
            return hosts;
        } catch (NoCapacityException e) {
            throw refusals.refuse(
                    launch.caller(), launch.caller().requestId(), launch.type().name(), wanted.zones(), e);
        }
    }

    private Grouping grouping(Launch launch) {
        var group = launch.group();
        var choice = launch.request().group();
        return group == null || choice == null ? new Grouping.Alone() : groups.grouping(group, choice.partition());
    }

    private void insertInstances(Launch launch, Map<Seat, Place> hosts) {
        var now = clock.instant();
        var rows = new ArrayList<InstanceRow>();
        var places = new HashMap<InstanceId, HostId>();
        hosts.forEach((seat, place) -> {
            rows.add(row(launch, seat, place, rows.size(), now));
            places.put(seat.instance(), place.host().id());
        });
        instances.insert(rows, Objects.requireNonNull(deadlines.of(InstanceState.PENDING)));
        vms.insert(places);
    }

    private static InstanceRow row(Launch launch, Seat seat, Place place, int index, Instant now) {
        var request = launch.request();
        return new InstanceRow(
                seat.instance(),
                launch.caller().account(),
                launch.reservation(),
                index,
                launch.image().id(),
                launch.type().name(),
                launch.type().vcpus(),
                launch.type().memoryMib(),
                launch.image().architecture(),
                launch.image().bootMode(),
                place.host().zone(),
                launch.membership(place.partition()),
                launch.image().rootDeviceName(),
                request.keyName(),
                launch.publicKey(),
                request.userData(),
                request.hibernation(),
                request.shutdownBehavior(),
                request.protection(),
                request.monitored(),
                request.metadata(),
                request.clientToken(),
                InstanceState.PENDING,
                null,
                "",
                now,
                false);
    }

    private static NewRootVolume rootVolume(Launch launch, Seat seat, HostView host) {
        var disk = launch.request().rootDisk();
        var image = launch.image();
        return new NewRootVolume(
                seat.volume(),
                seat.instance(),
                host.id(),
                host.zone(),
                Objects.requireNonNull(host.facts()).storage().getFirst().backend(),
                launch.sizeGib(),
                Objects.requireNonNullElse(disk.volumeType(), image.rootVolume().type()),
                image.digest(),
                image.rootDeviceName(),
                Objects.requireNonNullElse(
                        disk.deleteOnTermination(), image.rootVolume().deleteOnTermination()));
    }

    private static NewInterface networkInterface(Launch launch, Seat seat, HostView host) {
        var request = launch.request();
        var subnet = launch.subnet(host);
        return new NewInterface(
                seat.networkInterface(),
                seat.instance(),
                host.id(),
                subnet,
                request.interfaceDescription(),
                request.privateAddress(),
                wish(request.publicAddress(), subnet));
    }

    private static PublicAddressWish wish(@Nullable Boolean asked, LaunchNetwork.Choice subnet) {
        if (asked == null) {
            return subnet.mapPublicAddress() ? PublicAddressWish.IF_FREE : PublicAddressWish.NONE;
        }
        return asked ? PublicAddressWish.REQUIRED : PublicAddressWish.NONE;
    }

    private void tag(Launch launch, List<Seat> seats, Map<String, String> origin) {
        var wanted = launch.request().tags();
        var all = new HashMap<String, Map<String, String>>();
        for (var seat : seats) {
            all.put(seat.instance().value(), TagSpecification.tagsOf(ResourceType.INSTANCE, wanted));
            all.put(seat.volume().value(), TagSpecification.tagsOf(ResourceType.VOLUME, wanted));
            all.put(seat.networkInterface().value(), TagSpecification.tagsOf(ResourceType.NETWORK_INTERFACE, wanted));
        }
        tags.attach(launch.caller().account(), all);
        tags.mark(
                launch.caller().account(),
                seats.stream().collect(Collectors.toMap(s -> s.instance().value(), _ -> origin)));
    }

    private void note(Launch launch, Map<Seat, Place> hosts) {
        history.record(hosts.entrySet().stream()
                .map(e -> new Happening(
                        launch.caller().account(),
                        e.getKey().instance().value(),
                        InstanceState.PENDING.ec2Name(),
                        launch.type().name() + " from " + launch.image().id() + " on "
                                + e.getValue().host().name() + " ("
                                + e.getValue().host().id() + "), request "
                                + launch.caller().requestId()))
                .toList());
    }
}
