package io.croft.controller.compute.launch;

import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.compute.launchspec.LaunchRequest;
import io.croft.controller.context.ParameterHash;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.ResourceType;
import java.util.Map;

/** The digest of everything that a launch asks for but its client token. */
public final class LaunchHash {
    /** How many types' tags are in a digest, for ever; no launch gives tags to more than those of {@link #TAGGED}, so the others' are none. */
    private static final int PLACES = 16;

    private static final Map<Integer, ResourceType> TAGGED =
            Map.of(0, ResourceType.INSTANCE, 6, ResourceType.VOLUME, 10, ResourceType.NETWORK_INTERFACE);

    private LaunchHash() {}

    public static String of(LaunchRequest request) {
        var network = request.network();
        var options = request.options();
        var disks = request.disks();
        var hash = new ParameterHash()
                .add(request.image())
                .add(request.instanceType())
                .add(request.count().min())
                .add(request.count().max())
                .add(request.keyName())
                .add(request.userData())
                .addAll(network.groupIds())
                .addAll(network.groupNames())
                .add(network.subnet())
                .add(network.zone())
                .add(request.group())
                .add(network.privateAddress())
                .add(network.publicAddress())
                .add(network.description())
                .add(
                        disks.isEmpty()
                                ? DiskRequest.DEFAULT.digested()
                                : disks.getFirst().digested())
                .add(options.hibernation())
                .add(request.metadata())
                .add(options.shutdownBehavior())
                .add(options.protection())
                .add(options.monitored());
        options.wishes().forEach(hash::add);
        disks.stream().skip(1).map(DiskRequest::digested).forEach(hash::add);
        for (var place = 0; place < PLACES; place++) {
            var type = TAGGED.get(place);
            hash.addMap(type == null ? Map.of() : TagSpecification.tagsOf(type, request.tags()));
        }
        return hash.hex();
    }
}
