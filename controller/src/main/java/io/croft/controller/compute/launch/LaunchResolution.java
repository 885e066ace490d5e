package io.croft.controller.compute.launch;

import io.croft.controller.blockstorage.snapshot.SnapshotOrigins;
import io.croft.controller.compute.capacityreservation.CapacityReservations;
import io.croft.controller.compute.launchspec.LaunchRequest;
import io.croft.controller.compute.launchspec.LaunchRules;
import io.croft.controller.compute.placementgroup.PlacementGroups;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.Resources;
import io.croft.controller.image.Images;
import io.croft.controller.instancetype.InstanceTypeView;
import io.croft.controller.instancetype.InstanceTypes;
import io.croft.controller.keypair.KeyPairs;
import io.croft.controller.network.eni.InstanceNetworks;
import io.croft.controller.network.eni.LaunchNetwork;
import io.croft.controller.network.eni.NetworkRequest;
import io.croft.types.ErrorCode;
import io.croft.types.ReservationId;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/** Finds what a launch's request names and holds the parts against each other: the image, the type, the key pair, the network, the placement group, the capacity reservations. */
@Component
class LaunchResolution {
    private final Images images;
    private final SnapshotOrigins origins;
    private final InstanceTypes types;
    private final KeyPairs keyPairs;
    private final InstanceNetworks networks;
    private final PlacementGroups groups;
    private final CapacityReservations reservations;
    private final RandomGenerator random;

    LaunchResolution(
            Images images,
            SnapshotOrigins origins,
            InstanceTypes types,
            KeyPairs keyPairs,
            InstanceNetworks networks,
            PlacementGroups groups,
            CapacityReservations reservations,
            RandomGenerator random) {
        this.images = images;
        this.origins = origins;
        this.types = types;
        this.keyPairs = keyPairs;
        this.networks = networks;
        this.groups = groups;
        this.reservations = reservations;
        this.random = random;
    }

    /**
     * What the request means to the caller. The placement group and the capacity reservations are the last to be asked, since they stay locked until the transaction ends.
     *
     * @throws CloudException the NotFound error of whatever does not exist; InvalidParameterValue, Unsupported, UnsupportedOperation, InvalidBlockDeviceMapping, IncorrectState for a snapshot that is not completed,
     *     UnsupportedHibernationConfiguration for parts that do not go together
     */
    Launch resolve(Caller caller, LaunchRequest request) {
        var image = images.launchable(caller.account(), request.image());
        var type = types.require(Objects.requireNonNullElse(request.instanceType(), LaunchRequest.DEFAULT_TYPE));
        LaunchRules.checkOffered(type);
        LaunchRules.checkArchitecture(image.architecture(), type);
        LaunchRules.checkEbsOptimized(request.options().ebsOptimized(), type);
        var disks = LaunchDisk.of(
                image, request.disks(), id -> origins.hold(caller, id).sizeGib());
        checkHibernation(request, type);
        var publicKey = request.keyName() == null ? null : keyPairs.publicKey(caller, request.keyName());
        var asked = request.network();
        var network = networks.resolve(
                caller.account(),
                new NetworkRequest(asked.subnet(), asked.zone(), asked.groupIds(), asked.groupNames()));
        var group = request.group() == null ? null : groups.join(caller, request.group());
        var aside = reservations.join(
                caller,
                request.options().capacity(),
                type.name(),
                new Resources(type.vcpus(), type.memoryBytes(), 0),
                network.subnets().stream().map(LaunchNetwork.Choice::zone).toList(),
                request.count().min());
        return new Launch(
                caller, request, ReservationId.random(random), image, disks, type, publicKey, group, aside, network);
    }

    private static void checkHibernation(LaunchRequest request, InstanceTypeView type) {
        if (request.options().hibernation() && !type.hibernates()) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED_HIBERNATION_CONFIGURATION,
                    "The instance type '" + type.name() + "' has too much memory to be hibernated");
        }
    }
}
