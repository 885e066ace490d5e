package io.croft.controller.compute;

import io.croft.controller.context.ParameterHash;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.ResourceType;
import java.util.Arrays;

/** The digest of everything that a launch asks for but its client token. */
final class LaunchHash {
    private LaunchHash() {}

    static String of(LaunchRequest request) {
        var hash = new ParameterHash()
                .add(request.image())
                .add(request.instanceType())
                .add(request.minCount())
                .add(request.maxCount())
                .add(request.keyName())
                .add(request.userData())
                .addAll(request.groupIds())
                .addAll(request.groupNames())
                .add(request.subnet())
                .add(request.zone())
                .add(request.group())
                .add(request.privateAddress())
                .add(request.publicAddress())
                .add(request.interfaceDescription())
                .add(request.rootDisk())
                .add(request.hibernation())
                .add(request.metadata())
                .add(request.shutdownBehavior())
                .add(request.protection())
                .add(request.monitored());
        // Added where it is asked for alone, so that the digests of launches before there was such a wish still hold.
        if (request.ebsOptimized()) {
            hash.add("ebsOptimized");
        }
        if (!request.autoRecovery()) {
            hash.add("withoutRecovery");
        }
        Arrays.stream(ResourceType.values())
                .forEach(type -> hash.addMap(TagSpecification.tagsOf(type, request.tags())));
        return hash.hex();
    }
}
