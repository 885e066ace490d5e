package io.croft.controller.compute.launch;

import io.croft.controller.blockstorage.volume.NewRootVolume;
import io.croft.controller.blockstorage.volume.VolumeShape;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a launch's request means once everything that it names is found, and what each of its instances becomes in the modules that own the parts.
 *
 * @param publicKey OpenSSH's line; null without a key pair
 * @param aside what was set aside for its instances, locked until the transaction ends
 * @param group locked until the transaction ends; null for instances in no placement group
 */
record Launch(
        Caller caller,
        LaunchRequest request,
        ReservationId reservation,
        ImageView image,
        InstanceTypeView type,
        @Nullable String publicKey,
        PlacementGroupTable.@Nullable Row group,
        SetAside aside,
        LaunchNetwork network) {
    private static final long GIB = 1L << 30;

    /** One instance to be, with the ids of its parts. */
    record Seat(InstanceId instance, VolumeId volume, NetworkInterfaceId networkInterface) {}

    private VolumeShape volume() {
        return request.rootDisk().on(image.rootVolume().shape());
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
                1L,
                Quota.VOLUME_GIB,
                (long) volume().sizeGib(),
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
        return compute().plus(disk());
    }

    /** The same by owner: the instance's share ends when it stops, the volume's when it is deleted. */
    List<Claim> claims(Seat seat, Place place) {
        return List.of(new Claim(seat.instance(), compute(), place.pool()), new Claim(seat.volume(), disk()));
    }

    private Resources compute() {
        return new Resources(type.vcpus(), type.memoryBytes(), 0);
    }

    private Resources disk() {
        return new Resources(0, 0, volume().sizeGib() * GIB);
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

    NewRootVolume rootVolume(Seat seat, HostView host) {
        return new NewRootVolume(
                seat.volume(),
                seat.instance(),
                host.id(),
                host.zone(),
                Objects.requireNonNull(host.facts()).storage().getFirst().backend(),
                volume(),
                image.digest(),
                image.rootDeviceName(),
                Objects.requireNonNullElse(
                        request.rootDisk().deleteOnTermination(),
                        image.rootVolume().deleteOnTermination()));
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
        return Map.of(
                seat.instance().value(), TagSpecification.tagsOf(ResourceType.INSTANCE, request.tags()),
                seat.volume().value(), TagSpecification.tagsOf(ResourceType.VOLUME, request.tags()),
                seat.networkInterface().value(),
                        TagSpecification.tagsOf(ResourceType.NETWORK_INTERFACE, request.tags()));
    }
}
