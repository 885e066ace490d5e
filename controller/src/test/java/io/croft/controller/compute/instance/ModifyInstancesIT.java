package io.croft.controller.compute.instance;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.launchspec.MetadataChange;
import io.croft.controller.compute.launchspec.MetadataOptions;
import io.croft.controller.compute.launchspec.Protection;
import io.croft.controller.compute.launchspec.ShutdownBehavior;
import io.croft.controller.context.Caller;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.network.securitygroup.GroupReference;
import io.croft.controller.network.securitygroup.SecurityGroups;
import io.croft.controller.tags.TagKey;
import io.croft.controller.tags.Tags;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.Presence;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.SecurityGroupId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What can be changed of an instance, and what its host is told of it. */
@ComputeTest
class ModifyInstancesIT {
    private static final long GIB = 1L << 30;

    @Autowired
    ComputeWorld world;

    @Autowired
    Instances instances;

    @Autowired
    SecurityGroups groups;

    @Autowired
    History history;

    @Autowired
    Tags tags;

    private Caller caller;
    private ScriptedHost host;
    private InstanceId id;

    @BeforeEach
    void start() {
        caller = world.tenant();
        host = world.onlyHost(4);
        ImageId image = world.image();
        id = world.launch(caller, image).id();
        host.converge();
    }

    private void modify(InstanceChange change) {
        instances.modify(caller, id, change);
    }

    private InstanceView show() {
        return world.show(caller, id);
    }

    private InstanceSpec spec() {
        return (InstanceSpec) host.document(id).orElseThrow();
    }

    private InterfaceSpec port() {
        return (InterfaceSpec)
                host.document(show().interfaces().getFirst().id()).orElseThrow();
    }

    private void stop() {
        instances.stop(caller, List.of(id), false);
        host.converge();
        world.assertState(caller, id, InstanceState.STOPPED);
    }

    @Test
    void aStoppedInstanceStartsAsAnotherType() {
        refused(ErrorCode.INCORRECT_INSTANCE_STATE, () -> modify(new InstanceChange.Type("t3.small")));
        stop();
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> modify(new InstanceChange.Type("t3.gigantic")));
        modify(new InstanceChange.Type("t3.small"));
        assertThat(show().instanceType()).isEqualTo("t3.small");
        assertThat(spec().instanceType()).isEqualTo("t3.small");
        assertThat(spec().memoryBytes()).isEqualTo(2 * GIB);
        host.converge();
        instances.start(caller, List.of(id));
        assertThat(host.claimed()).containsExactly(2L, 2 * GIB, 2 * GIB);
        host.converge();
        stop();
        assertThat(host.claimed()).containsExactly(0L, 0L, 2 * GIB);
    }

    @Test
    void aTypeThatNoLongerFitsIsFoundOutAtTheStart() {
        stop();
        modify(new InstanceChange.Type("m5.24xlarge"));
        refused(ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY, () -> instances.start(caller, List.of(id)));
        modify(new InstanceChange.Type("t3.nano"));
        instances.start(caller, List.of(id));
        host.converge();
        world.assertState(caller, id, InstanceState.RUNNING);
    }

    @Test
    void itIsOptimizedForEbsWhereItsTypeIs() {
        refused(ErrorCode.INCORRECT_INSTANCE_STATE, () -> modify(new InstanceChange.EbsOptimized(true)));
        stop();
        modify(new InstanceChange.EbsOptimized(true));
        assertThat(show().options().ebsOptimized()).isTrue();
        refused(ErrorCode.UNSUPPORTED, () -> modify(new InstanceChange.Type("t2.nano")));
        modify(new InstanceChange.EbsOptimized(false));
        modify(new InstanceChange.Type("t2.nano"));
        assertThat(show().threadsPerCore()).isEqualTo(1);
        refused(ErrorCode.UNSUPPORTED, () -> modify(new InstanceChange.EbsOptimized(true)));
        refused(ErrorCode.UNSUPPORTED, () -> modify(new InstanceChange.Type("g5.xlarge")));
    }

    @Test
    void userDataChangesWhileItIsStopped() {
        refused(ErrorCode.INCORRECT_INSTANCE_STATE, () -> modify(new InstanceChange.UserData("aGk=")));
        stop();
        refused(ErrorCode.USER_DATA_MALFORMED, () -> modify(new InstanceChange.UserData("***")));
        modify(new InstanceChange.UserData("aGk="));
        assertThat(spec().metadata().userData()).isEqualTo("aGk=");
        assertThat(instances.userData(caller, id)).contains("aGk=");
        modify(new InstanceChange.UserData(null));
        assertThat(spec().metadata().userData()).isNull();
        assertThat(instances.userData(caller, id)).isEmpty();
        refused(ErrorCode.INSTANCE_NOT_FOUND, () -> instances.userData(world.tenant(), id));
    }

    @Test
    void aProtectedInstanceIsNeitherStoppedNorEnded() {
        modify(new InstanceChange.StopProtection(true));
        refused(ErrorCode.OPERATION_NOT_PERMITTED, () -> instances.stop(caller, List.of(id), false));
        refused(ErrorCode.OPERATION_NOT_PERMITTED, () -> instances.stop(caller, List.of(id), true));
        refused(ErrorCode.OPERATION_NOT_PERMITTED, () -> instances.terminate(caller, List.of(id)));
        modify(new InstanceChange.TerminationProtection(true));
        modify(new InstanceChange.StopProtection(false));
        assertThat(show().options().protection()).isEqualTo(new Protection(true, false));
        refused(ErrorCode.OPERATION_NOT_PERMITTED, () -> instances.terminate(caller, List.of(id)));
        stop();
        modify(new InstanceChange.TerminationProtection(false));
        instances.terminate(caller, List.of(id));
        host.converge();
        refused(ErrorCode.INCORRECT_INSTANCE_STATE, () -> modify(new InstanceChange.StopProtection(true)));
        assertThat(history.of(caller.account(), id.value()))
                .extracting(HistoryEntry::event)
                .contains("modified");
    }

    @Test
    void aGuestMayBeToldLaterWhatItsPowerOffMeans() {
        modify(new InstanceChange.OnShutdown(ShutdownBehavior.TERMINATE));
        assertThat(show().options().shutdownBehavior()).isEqualTo(ShutdownBehavior.TERMINATE);
    }

    @Test
    void aRunningInstanceMovesToOtherGroups() {
        var old = port().groups().getFirst();
        var one = groups.create(caller, "one", "one", null, Map.of());
        var two = groups.create(caller, "two", "two", null, Map.of());
        modify(new InstanceChange.Groups(List.of(two, one)));
        assertThat(port().groups()).containsExactly(two, one);
        assertThat(spec().metadata().securityGroups()).containsExactly("two", "one");
        assertThat(groupsOnHost()).containsExactlyInAnyOrder(one.value(), two.value());
        host.converge();
        assertThat(show().state()).isEqualTo(InstanceState.RUNNING);

        modify(new InstanceChange.Groups(List.of(old)));
        assertThat(groupsOnHost()).containsExactly(old.value());
        groups.delete(caller, new GroupReference.ById(one));
        refused(ErrorCode.SECURITY_GROUP_NOT_FOUND, () -> modify(new InstanceChange.Groups(List.of(one))));
        var stranger = world.tenant();
        var foreign = groups.create(stranger, "foreign", "foreign", null, Map.of());
        refused(ErrorCode.SECURITY_GROUP_NOT_FOUND, () -> modify(new InstanceChange.Groups(List.of(foreign))));
        refused(
                ErrorCode.INSTANCE_NOT_FOUND,
                () -> instances.modify(stranger, id, new InstanceChange.Groups(List.of(foreign))));
        assertThat(port().groups()).containsExactly(old);
    }

    private List<String> groupsOnHost() {
        return host.documents().stream()
                .filter(d -> d.key().kind() == DocumentKind.SECURITY_GROUP && d.presence() == Presence.PRESENT)
                .map(HostDocument::key)
                .map(k -> new SecurityGroupId(k.id()).value())
                .toList();
    }

    @Test
    void aRouterMaySendWhatIsNotItsOwn() {
        modify(new InstanceChange.SourceDestCheck(false));
        assertThat(port().sourceDestCheck()).isFalse();
        assertThat(show().interfaces().getFirst().sourceDestCheck()).isFalse();
    }

    @Test
    void aVolumeMayOutliveItsInstanceAfterAll() {
        refused(
                ErrorCode.INSTANCE_ATTRIBUTE_VALUE_INVALID,
                () -> modify(new InstanceChange.DeleteOnTermination(Map.of("/dev/sdz", false))));
        modify(new InstanceChange.DeleteOnTermination(Map.of("/dev/xvda", false)));
        var volume = show().volumes().getFirst().id();
        instances.terminate(caller, List.of(id));
        host.converge();
        host.converge();
        assertThat(world.count("volume WHERE id = '" + volume + "' AND state = 'AVAILABLE'"))
                .isEqualTo(1);
    }

    @Test
    void metadataOptionsAreInForceOnceTheHostSaysSo() {
        assertThat(show().metadataInForce()).isTrue();
        var changed = instances.modifyMetadata(caller, id, new MetadataChange(null, false, 3, null));
        assertThat(changed.metadata()).isEqualTo(new MetadataOptions(true, false, 3, false));
        assertThat(changed.metadataInForce()).isFalse();
        assertThat(spec().metadata().tokensRequired()).isFalse();
        assertThat(spec().metadata().hopLimit()).isEqualTo(3);
        host.converge();
        assertThat(show().metadataInForce()).isTrue();
        assertThat(show().state()).isEqualTo(InstanceState.RUNNING);

        var generation = spec().generation();
        instances.modifyMetadata(caller, id, new MetadataChange(true, false, 3, false));
        assertThat(spec().generation()).isEqualTo(generation);
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> instances.modifyMetadata(caller, id, new MetadataChange(null, null, 65, null)));
        modify(new InstanceChange.SourceDestCheck(false));
        assertThat(show().metadataInForce()).isTrue();
    }

    @Test
    void tagsAreShownToTheGuestOnlyUnderKeysThatMakeAPath() {
        var resource = List.of(id.value());
        tags.create(caller, resource, Map.of("a/b", ""));
        var show = new MetadataChange(null, null, null, true);
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> instances.modifyMetadata(caller, id, show));
        tags.delete(caller, resource, List.of(new TagKey("a/b", null)));
        tags.create(caller, resource, Map.of("Name", "web"));
        instances.modifyMetadata(caller, id, show);
        assertThat(spec().metadata().tags()).containsExactly(Map.entry("Name", "web"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> tags.create(caller, resource, Map.of("with space", "")));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> tags.replace(caller, id.value(), Map.of("_index", ""), _ -> true));
        assertThat(show().tags()).containsExactly(Map.entry("Name", "web"));
        tags.create(caller, resource, Map.of("Stage", "test"));
        assertThat(spec().metadata().tags()).containsOnlyKeys("Name", "Stage");
    }

    @Test
    void monitoringIsRemembered() {
        instances.monitor(caller, List.of(id), true);
        assertThat(show().options().monitored()).isTrue();
        assertThat(spec().metadata().monitored()).isTrue();
        assertThat(spec().metadata().zoneId()).isEqualTo("use1-az1");
        instances.monitor(caller, List.of(id), false);
        assertThat(show().options().monitored()).isFalse();
        assertThat(spec().metadata().monitored()).isFalse();
    }
}
