package io.croft.controller.ec2api;

import io.croft.controller.blockstorage.AttachmentState;
import io.croft.controller.blockstorage.VolumeShape;
import io.croft.controller.blockstorage.VolumeState;
import io.croft.controller.blockstorage.VolumeType;
import io.croft.controller.blockstorage.VolumeView;
import io.croft.controller.compute.ConsoleOutput;
import io.croft.controller.compute.InstanceChange;
import io.croft.controller.compute.InstanceStateChange;
import io.croft.controller.compute.InstanceStatusView;
import io.croft.controller.compute.InstanceView;
import io.croft.controller.compute.Instances;
import io.croft.controller.compute.Reservation;
import io.croft.controller.compute.StateReason;
import io.croft.controller.compute.TemplateLaunch;
import io.croft.controller.compute.launchspec.InstanceOptions;
import io.croft.controller.compute.launchspec.LaunchRequest;
import io.croft.controller.compute.launchspec.MetadataChange;
import io.croft.controller.compute.launchspec.MetadataOptions;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.network.GroupName;
import io.croft.controller.network.NetworkInterfaceView;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Instances that remember what was asked of them and show what they were told to. */
final class RecordedInstances implements Instances {
    static final Instant WHEN = Instant.parse("2026-11-21T08:00:00.120Z");
    static final InstanceId ID = new InstanceId("i-0123456789abcdef0");
    static final AccountId OWNER = new AccountId("123456789012");

    final List<LaunchRequest> launches = new ArrayList<>();
    final List<Query> queries = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final List<InstanceChange> changes = new ArrayList<>();
    Page<InstanceView> page = new Page<>(List.of(), null);
    Page<InstanceStatusView> statuses = new Page<>(List.of(), null);

    @Override
    public Reservation run(Caller caller, LaunchRequest request) {
        launches.add(request);
        return new Reservation(reservation(1), caller.account(), List.of(pending()));
    }

    @Override
    public Reservation run(Caller caller, TemplateLaunch launch) {
        calls.add("from " + launch.template() + " " + launch.version());
        return run(caller, launch.asked().complete(launch.count(), launch.clientToken()));
    }

    @Override
    public Page<InstanceView> describe(Caller caller, Query query) {
        queries.add(query);
        return page;
    }

    @Override
    public Page<InstanceStatusView> describeStatus(Caller caller, Query query, boolean all) {
        calls.add("status all=" + all);
        return statuses;
    }

    @Override
    public List<InstanceStateChange> start(Caller caller, List<InstanceId> ids) {
        calls.add("start " + ids);
        return List.of(new InstanceStateChange(ID, InstanceState.STOPPED, InstanceState.PENDING));
    }

    @Override
    public List<InstanceStateChange> stop(Caller caller, List<InstanceId> ids, boolean force) {
        calls.add("stop " + ids + " force=" + force);
        return List.of(new InstanceStateChange(ID, InstanceState.RUNNING, InstanceState.STOPPING));
    }

    @Override
    public List<InstanceStateChange> hibernate(Caller caller, List<InstanceId> ids) {
        calls.add("hibernate " + ids);
        return List.of(new InstanceStateChange(ID, InstanceState.RUNNING, InstanceState.STOPPING));
    }

    @Override
    public void reboot(Caller caller, List<InstanceId> ids) {
        calls.add("reboot " + ids);
    }

    @Override
    public List<InstanceStateChange> terminate(Caller caller, List<InstanceId> ids) {
        calls.add("terminate " + ids);
        return List.of(new InstanceStateChange(ID, InstanceState.RUNNING, InstanceState.SHUTTING_DOWN));
    }

    @Override
    public void modify(Caller caller, InstanceId id, InstanceChange change) {
        changes.add(change);
    }

    @Override
    public InstanceView modify(
            Caller caller, InstanceId id, List<InstanceChange> changes, Predicate<InstanceView> expected) {
        throw new UnsupportedOperationException();
    }

    @Override
    public InstanceView modifyMetadata(Caller caller, InstanceId id, MetadataChange change) {
        calls.add("metadata " + change);
        return running(1);
    }

    @Override
    public void monitor(Caller caller, List<InstanceId> ids, boolean on) {
        calls.add("monitor " + ids + " " + on);
    }

    @Override
    public Optional<String> userData(Caller caller, InstanceId id) {
        return Optional.of("IyEvYmluL3No");
    }

    @Override
    public ConsoleOutput consoleOutput(Caller caller, InstanceId id) {
        calls.add("console " + id);
        return new ConsoleOutput(id, WHEN, "aGVsbG8=");
    }

    @Override
    public Optional<String> consoleScreenshot(Caller caller, InstanceId id, boolean wake) {
        calls.add("screenshot " + id + (wake ? " awake" : ""));
        return Optional.of("aGVsbG8=");
    }

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
                new VolumeView.Attachment(ID, "/dev/xvda", AttachmentState.ATTACHED, WHEN, true),
                Map.of());
    }
}
