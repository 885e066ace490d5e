package io.croft.controller.ec2api.compute.instance;

import io.croft.controller.blockstorage.volume.AttachmentState;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeState;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.instance.StateReason;
import io.croft.controller.compute.launchspec.InstanceOptions;
import io.croft.controller.compute.launchspec.MetadataOptions;
import io.croft.controller.network.eni.NetworkInterfaceView;
import io.croft.controller.network.securitygroup.GroupName;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.AccountId;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.InterfaceAttachmentId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.ReservationId;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import io.croft.types.VolumeId;
import io.croft.types.VpcId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Instances as compute shows them. */
final class ShownInstances {
    static final Instant WHEN = Instant.parse("2026-11-21T08:00:00.120Z");
    static final InstanceId ID = new InstanceId("i-0123456789abcdef0");
    static final AccountId OWNER = new AccountId("123456789012");

    private ShownInstances() {}

    static ReservationId reservation(int number) {
        return new ReservationId("r-0123456789abcdef" + number);
    }

    static InstanceView pending() {
        return view(1, InstanceState.PENDING, null, List.of(nic(null)), List.of());
    }

    static InstanceView running(int reservation) {
        return view(reservation, InstanceState.RUNNING, null, List.of(nic("198.18.0.7")), List.of(volume()));
    }

    static InstanceView terminated() {
        var reason = new StateReason(
                "Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown");
        return view(1, InstanceState.TERMINATED, reason, List.of(), List.of());
    }

    private static InstanceView view(
            int reservation,
            InstanceState state,
            @Nullable StateReason reason,
            List<NetworkInterfaceView> nics,
            List<VolumeView> volumes) {
        return new InstanceView(
                ID,
                OWNER,
                reservation(reservation),
                0,
                new ImageId("ami-0123456789abcdef0"),
                "t3.nano",
                2,
                2,
                "x86_64",
                BootMode.BIOS,
                state,
                reason,
                reason == null ? "" : "User initiated (2026-11-21 08:00:00 GMT)",
                WHEN,
                "me",
                "us-east-1a",
                null,
                "/dev/xvda",
                nics,
                volumes,
                InstanceOptions.DEFAULT,
                MetadataOptions.DEFAULT,
                state != InstanceState.PENDING,
                "token",
                null,
                null,
                Map.of("Name", "web"));
    }

    private static NetworkInterfaceView nic(@Nullable String publicAddress) {
        return new NetworkInterfaceView(
                new NetworkInterfaceId("eni-0123456789abcdef0"),
                OWNER,
                new VpcId("vpc-0123456789abcdef0"),
                new SubnetId("subnet-0123456789abcdef0"),
                "us-east-1a",
                "",
                "02:00:00:00:00:01",
                "172.31.0.5",
                "ip-172-31-0-5.ec2.internal",
                publicAddress,
                null,
                publicAddress != null,
                publicAddress == null ? "" : "ec2-" + publicAddress.replace('.', '-') + ".compute.croft.internal",
                true,
                NetworkInterfaceView.Status.IN_USE,
                new NetworkInterfaceView.Attachment(
                        new InterfaceAttachmentId("eni-attach-0123456789abcdef0"), ID, OWNER, 0, WHEN, true),
                List.of(new GroupName(new SecurityGroupId("sg-0123456789abcdef0"), "default")),
                Map.of());
    }

    private static VolumeView volume() {
        return new VolumeView(
                new VolumeId("vol-0123456789abcdef0"),
                OWNER,
                new VolumeShape(VolumeType.GP3, 8, null, null),
                VolumeState.IN_USE,
                "us-east-1a",
                WHEN,
                null,
                new VolumeView.Attachment(ID, "/dev/xvda", true, AttachmentState.ATTACHED, WHEN, true),
                null,
                false,
                false,
                Map.of());
    }
}
