package io.croft.controller.compute.placementgroup;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the instances of a spread placement group do not share. Each host counts as a rack of its own, so both keep them on hosts of their own; racks take seven a
 * zone, as in EC2, which limits hosts to none.
 */
public enum SpreadLevel {
    RACK,
    HOST;

    public String ec2Name() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SpreadLevel> ofEc2Name(String name) {
        return Arrays.stream(values()).filter(l -> l.ec2Name().equals(name)).findFirst();
    }
}
