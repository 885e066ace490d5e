package io.croft.agent.metadata;

import io.croft.agent.metadata.MetadataCatalog.Guest;
import io.croft.agent.network.Specs;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.MetadataSpec;
import io.croft.protocol.Presence;
import io.croft.protocol.VpcSpec;
import io.croft.types.Generation;
import io.croft.types.ImageId;
import io.croft.types.ReservationId;
import io.croft.types.VolumeId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Instances with metadata for tests. */
public final class Guests {
    private Guests() {}

    /** An instance with one interface, a key, user data and a tag. */
    public static Guest guest(VpcSpec vpc, InterfaceSpec nic) {
        return guest(vpc, nic, "#!/bin/sh\necho hello\n", true, true, 1);
    }

    public static Guest guest(
            VpcSpec vpc,
            InterfaceSpec nic,
            @Nullable String userData,
            boolean endpointEnabled,
            boolean tokensRequired,
            int hopLimit) {
        var metadata = new MetadataSpec(
                new ImageId("ami-" + "%017x".formatted(1)),
                new ReservationId("r-" + "%017x".formatted(2)),
                3,
                "us-east-1",
                "us-east-1a",
                "ring",
                2,
                "ip-" + nic.addresses().getFirst().replace('.', '-') + ".ec2.internal",
                "laptop",
                "ssh-ed25519 AAAA laptop",
                List.of("default", "web"),
                userData == null ? null : Base64.getEncoder().encodeToString(userData.getBytes(StandardCharsets.UTF_8)),
                "2026-11-21T00:00:00.000Z",
                endpointEnabled,
                tokensRequired,
                hopLimit,
                Map.of("Name", "one"),
                "use1-az1",
                true);
        var instance = new InstanceSpec(
                nic.instance(),
                Specs.ACCOUNT,
                Generation.FIRST,
                Presence.PRESENT,
                InstanceSpec.Power.ON,
                InstanceSpec.StopMode.GRACEFUL,
                "t3.nano",
                2,
                512L << 20,
                "x86_64",
                InstanceSpec.BootMode.BIOS,
                List.of(
                        new DiskSpec(new VolumeId("vol-" + "%017x".formatted(1)), "/dev/vda"),
                        new DiskSpec(new VolumeId("vol-" + "%017x".formatted(2)), "/dev/vdb")),
                List.of(nic.id()),
                metadata);
        return new Guest(vpc, instance, List.of(nic));
    }
}
