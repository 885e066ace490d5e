package io.croft.controller.compute.placementgroup;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the instances of a placement group lie to each other. */
public enum PlacementStrategy {
    /** Close together. */
    CLUSTER,
    /** Each on a host of its own. */
    SPREAD,
    /** In partitions that share no host. */
    PARTITION;

    public String ec2Name() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<PlacementStrategy> ofEc2Name(String name) {
        return Arrays.stream(values()).filter(s -> s.ec2Name().equals(name)).findFirst();
    }
}
