package io.croft.controller.compute.launch;

import io.croft.controller.compute.launchspec.LaunchRequest;
import io.croft.controller.context.ParameterHash;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.ResourceType;
import java.util.List;

/** The digest of everything that a launch asks for but its client token. */
public final class LaunchHash {
    /** The types whose tags are in a digest, in its order for ever. None is added: no launch tags those that came later. */
    private static final List<ResourceType> HASHED = List.of(
            ResourceType.INSTANCE,
            ResourceType.RESERVATION,
            ResourceType.IMAGE,
            ResourceType.KEY_PAIR,
            ResourceType.LAUNCH_TEMPLATE,
            ResourceType.PLACEMENT_GROUP,
            ResourceType.VOLUME,
            ResourceType.SNAPSHOT,
            ResourceType.VPC,
            ResourceType.SUBNET,
            ResourceType.NETWORK_INTERFACE,
            ResourceType.NETWORK_INTERFACE_ATTACHMENT,
            ResourceType.SECURITY_GROUP,
            ResourceType.SECURITY_GROUP_RULE,
            ResourceType.HOST,
            ResourceType.OPERATION);

    private LaunchHash() {}

    public static String of(LaunchRequest request) {
        var network = request.network();
        var options = request.options();
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
                .add(request.rootDisk())
                .add(options.hibernation())
                .add(request.metadata())
                .add(options.shutdownBehavior())
                .add(options.protection())
                .add(options.monitored());
        options.wishes().forEach(hash::add);
        HASHED.forEach(type -> hash.addMap(TagSpecification.tagsOf(type, request.tags())));
        return hash.hex();
    }
}
