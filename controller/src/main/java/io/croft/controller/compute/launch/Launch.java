package io.croft.controller.compute.launch;

import io.croft.controller.blockstorage.pool.PoolRules;
import io.croft.controller.blockstorage.pool.WantedDisk;
import io.croft.controller.blockstorage.volume.NewInstanceVolume;
import io.croft.controller.compute.instance.InstanceRow;
import io.croft.controller.compute.launchspec.GroupMembership;
import io.croft.controller.compute.launchspec.LaunchRequest;
import io.croft.controller.compute.launchspec.UserData;
import io.croft.controller.compute.placementgroup.PlacementGroupTable;
import io.croft.controller.context.Caller;
import io.croft.controller.fleet.Claim;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import io.croft.controller.image.ImageView;
import io.croft.controller.instancetype.InstanceTypeView;
import io.croft.controller.network.address.PublicAddressWish;
import io.croft.controller.network.eni.LaunchNetwork;
import io.croft.controller.network.eni.NewInterface;
import io.croft.controller.placement.Plan.Place;
import io.croft.controller.placement.SetAside;
import io.croft.controller.quota.Quota;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.ReservationId;
import io.croft.types.ResourceType;
import io.croft.types.VolumeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a launch's request means once everything that it names is found, and what each of its instances becomes in the modules that own the parts.
 *
 * @param disks of each instance, the one to boot from first
 * @param publicKey OpenSSH's line; null without a key pair
 * @param aside what was set aside for its instances, locked until the transaction ends
 * @param group locked until the transaction ends; null for instances in no placement group
 */
record Launch(
        Caller caller,
        LaunchRequest request,
        ReservationId reservation,
        ImageView image,
        List<LaunchDisk> disks,
        InstanceTypeView type,
        @Nullable String publicKey,
        PlacementGroupTable.@Nullable Row group,
        SetAside aside,
        LaunchNetwork network) {
    private static final long GIB = 1L << 30;

    /** One instance to be, with the ids of its parts; its volumes in the order of the disks. */
    record Seat(InstanceId instance, List<VolumeId> volumes, NetworkInterfaceId networkInterface) {
        Seat {
            volumes = List.copyOf(volumes);
        }
    }

    private long gibibytes() {
        return disks.stream().mapToLong(d -> d.shape().sizeGib()).sum();
    }

    /** What one instance takes of its account's quotas. */
    Map<Quota, Long> quotas() {
        var each = new EnumMap<>(Map.of(
                Quota.INSTANCES,
                1L,
                Quota.VCPUS,
                (long) type.vcpus(),
                Quota.MEMORY_MIB,
                (long) type.memoryMib(),
                Quota.VOLUMES,
                (long) disks.size(),
                Quota.VOLUME_GIB,
                gibibytes(),
                Quota.NETWORK_INTERFACES,
                1L));
        if (Boolean.TRUE.equals(request.network().publicAddress())) {
            each.put(Quota.ADDRESSES, 1L);
        }
        return each;
    }

    /** What of it was counted when it was set aside. */
    Map<Quota, Long> handedOn() {
        var count = (long) Math.min(aside.count(), request.count().max());
        return Map.of(Quota.VCPUS, count * type.vcpus(), Quota.MEMORY_MIB, count * type.memoryMib());
    }

    /** What one instance takes of its host. */
    Resources resources() {
        return compute().plus(disk(gibibytes()));
    }

    /** The same by owner: the instance's share ends when it stops, a volume's when it is deleted. */
    List<Claim> claims(Seat seat, Place place) {
        var claims = new ArrayList<Claim>();
        claims.add(new Claim(seat.instance(), compute(), place.pool()));
        for (var i = 0; i < disks.size(); i++) {
            claims.add(
                    new Claim(seat.volumes().get(i), disk(disks.get(i).shape().sizeGib())));
        }
        return claims;
    }

    private Resources compute() {
        return new Resources(type.vcpus(), type.memoryBytes(), 0);
    }

    private static Resources disk(long gibibytes) {
        return new Resources(0, 0, gibibytes * GIB);
    }

    InstanceRow instance(Seat seat, Place place, int index, Instant now) {
        return new InstanceRow(
                seat.instance(),
                caller.account(),
                reservation,
                index,
                image.id(),
                type.name(),
                type.vcpus(),
                type.threadsPerCore(),
                type.memoryMib(),
                image.architecture(),
                image.bootMode(),
                place.host().zone(),
                group == null ? null : new GroupMembership(group.id(), group.name(), place.partition()),
                image.rootDeviceName(),
                request.keyName(),
                publicKey,
                UserData.normal(request.userData()),
                request.options(),
                request.metadata(),
                request.clientToken(),
                InstanceState.PENDING,
                null,
                "",
                now,
                false);
    }

    /** Whether a host has to fill volumes with snapshots. */
    boolean fillsVolumes() {
        return disks.stream().anyMatch(d -> d.snapshot() != null);
    }

    /** What one instance's volumes need of its host's pools. */
    List<WantedDisk> wantedDisks() {
        return disks.stream()
                .map(d -> new WantedDisk(d.type(), d.shape().sizeGib() * GIB))
                .toList();
    }

    List<NewInstanceVolume> volumes(Seat seat, HostView host, PoolRules pools) {
        return IntStream.range(0, disks.size())
                .mapToObj(i -> volume(
                        seat,
                        seat.volumes().get(i),
                        disks.get(i),
                        host,
                        pools.require(host, disks.get(i).type()).backend()))
                .toList();
    }

    private static NewInstanceVolume volume(Seat seat, VolumeId id, LaunchDisk disk, HostView host, String backend) {
        return new NewInstanceVolume(
                id,
                seat.instance(),
                host.id(),
                host.zone(),
                backend,
                disk.shape(),
                disk.image(),
                disk.snapshot(),
                disk.device(),
                disk.boot(),
                disk.deleteOnTermination());
    }

    NewInterface networkInterface(Seat seat, HostView host) {
        var subnet = network.subnets().stream()
                .filter(s -> s.zone().equals(host.zone()))
                .findFirst()
                .orElseThrow();
        return new NewInterface(
                seat.networkInterface(),
                seat.instance(),
                host.id(),
                subnet,
                request.network().description(),
                request.network().privateAddress(),
                wish(request.network().publicAddress(), subnet));
    }

    private static PublicAddressWish wish(@Nullable Boolean asked, LaunchNetwork.Choice subnet) {
        if (asked == null) {
            return subnet.mapPublicAddress() ? PublicAddressWish.IF_FREE : PublicAddressWish.NONE;
        }
        return asked ? PublicAddressWish.REQUIRED : PublicAddressWish.NONE;
    }

    /** The tags that the request gives to the parts of one instance, by their ids. */
    Map<String, Map<String, String>> tags(Seat seat) {
        var tags = new HashMap<String, Map<String, String>>();
        tags.put(seat.instance().value(), TagSpecification.tagsOf(ResourceType.INSTANCE, request.tags()));
        tags.put(
                seat.networkInterface().value(),
                TagSpecification.tagsOf(ResourceType.NETWORK_INTERFACE, request.tags()));
        var volumes = TagSpecification.tagsOf(ResourceType.VOLUME, request.tags());
        seat.volumes().forEach(v -> tags.put(v.value(), volumes));
        return tags;
    }
}
