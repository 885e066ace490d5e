package io.croft.controller.compute.launchspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.compute.launchspec.LaunchSpec.Interface;
import io.croft.controller.compute.launchspec.LaunchSpec.Network;
import io.croft.controller.compute.launchspec.LaunchSpec.Options;
import io.croft.controller.compute.launchspec.LaunchSpec.Placement;
import io.croft.controller.context.CloudException;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.MalformedIdException;
import io.croft.types.ResourceType;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a request says counts before what its template says, and the two together are a launch. */
class LaunchSpecTest {
    private static final ImageId IMAGE = new ImageId("ami-0123456789abcdef0");
    private static final String SUBNET = "subnet-0123456789abcdef0";
    private static final String GROUP = "sg-0123456789abcdef0";
    private static final String OTHER = "sg-0123456789abcdef1";

    /** A spec with some parts, each by its type. */
    private static LaunchSpec of(Object... parts) {
        return new LaunchSpec(
                null,
                null,
                null,
                null,
                only(Network.class, parts).findFirst().orElse(Network.NONE),
                only(Interface.class, parts).toList(),
                only(Placement.class, parts).findFirst().orElse(Placement.NONE),
                only(DiskRequest.class, parts).toList(),
                only(MetadataChange.class, parts).findFirst().orElse(MetadataChange.NONE),
                only(Options.class, parts).findFirst().orElse(Options.NONE),
                only(TagSpecification.class, parts).toList(),
                Collections.emptySortedMap());
    }

    private static <T> Stream<T> only(Class<T> type, Object... parts) {
        return Stream.of(parts).filter(type::isInstance).map(type::cast);
    }

    private static LaunchSpec named(@Nullable String image, @Nullable String type) {
        return new LaunchSpec(
                image,
                type,
                null,
                null,
                Network.NONE,
                List.of(),
                Placement.NONE,
                List.of(),
                MetadataChange.NONE,
                Options.NONE,
                List.of(),
                Collections.emptySortedMap());
    }

    private static Options hibernation(@Nullable Boolean wanted, @Nullable Boolean monitored) {
        return new Options(wanted, null, null, null, null, null, monitored, null);
    }

    private static Interface nic(@Nullable Integer index, @Nullable String subnet, String... groups) {
        return new Interface(index, subnet, List.of(groups), null, null, null);
    }

    private static DiskRequest disk(@Nullable String device, @Nullable Integer size, @Nullable VolumeType type) {
        return new DiskRequest(device, size, type, null, null, null);
    }

    private static LaunchRequest complete(Object... parts) {
        return of(parts).over(named(IMAGE.value(), null)).complete(InstanceCount.ONE, null);
    }

    private static void refused(ErrorCode code, Object... parts) {
        assertThatThrownBy(() -> complete(parts))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void whatIsNotSaidStaysTheTemplates() {
        assertThat(named(null, "t3.micro").over(named("golden", "t3.nano"))).isEqualTo(named("golden", "t3.micro"));
        assertThat(LaunchSpec.NONE.over(named("golden", "t3.nano"))).isEqualTo(named("golden", "t3.nano"));
    }

    @Test
    void partsAreFilledUp() {
        assertThat(of(new MetadataChange(null, null, 3, null)).over(of(new MetadataChange(null, true, 1, null))))
                .isEqualTo(of(new MetadataChange(null, true, 3, null)));
        assertThat(of(hibernation(false, null)).over(of(hibernation(true, true))))
                .isEqualTo(of(hibernation(false, true)));
        assertThat(of(new Placement(null, null, null, 2)).over(of(new Placement("a", null, "rows", null))))
                .isEqualTo(of(new Placement("a", null, "rows", 2)));
    }

    @Test
    void disksOfOneDeviceAreOne() {
        assertThat(of(disk("/dev/xvda", 9, null)).over(of(disk("/dev/xvda", 3, VolumeType.GP3))))
                .isEqualTo(of(disk("/dev/xvda", 9, VolumeType.GP3)));
        assertThat(of(disk("/dev/sda1", 9, null)).over(of(disk("/dev/xvda", 3, VolumeType.GP3))))
                .as("both name the first disk")
                .isEqualTo(of(disk("/dev/sda1", 9, VolumeType.GP3)));
        assertThat(of(disk("/dev/sdf", 9, null)).over(of(disk("/dev/xvda", 3, null))))
                .isEqualTo(of(disk("/dev/xvda", 3, null), disk("/dev/sdf", 9, null)));
    }

    @Test
    void aDeviceIsLeftOutOrThereByTheLastWord() {
        var none = DiskRequest.none("/dev/sdf");
        assertThat(of(none).over(of(disk("/dev/sdf", 3, null)))).isEqualTo(of(none));
        assertThat(of(disk("/dev/xvdf", 9, null)).over(of(none))).isEqualTo(of(disk("/dev/xvdf", 9, null)));
    }

    @Test
    void tagsOfOneTypeAreOneSet() {
        var volume = new TagSpecification(ResourceType.VOLUME, Map.of("v", ""));
        assertThat(of(new TagSpecification(ResourceType.INSTANCE, Map.of("b", "2")))
                        .over(of(new TagSpecification(ResourceType.INSTANCE, Map.of("a", "1", "b", "1")), volume)))
                .isEqualTo(of(volume, new TagSpecification(ResourceType.INSTANCE, Map.of("a", "1", "b", "2"))));
    }

    @Test
    void groupsByNameAndByIdReplaceEachOther() {
        var ids = of(new Network(null, List.of(GROUP), List.of(), null));
        var names = of(new Network(SUBNET, List.of(), List.of("web"), null));
        assertThat(ids.over(names)).isEqualTo(of(new Network(SUBNET, List.of(GROUP), List.of(), null)));
        assertThat(names.over(ids)).isEqualTo(names);
        assertThat(LaunchSpec.NONE.over(names)).isEqualTo(names);
    }

    @Test
    void anInterfaceKeepsItsGroups() {
        assertThat(of(nic(0, SUBNET)).over(of(nic(0, null, GROUP)))).isEqualTo(of(nic(0, SUBNET, GROUP)));
        assertThat(of(nic(0, null, OTHER)).over(of(nic(0, SUBNET, GROUP)))).isEqualTo(of(nic(0, SUBNET, OTHER)));
    }

    @Test
    void constantsAreKept() {
        var base = LaunchSpec.NONE.saying(new TreeMap<>(Map.of("A.B", "default", "C", "1")));
        var above = LaunchSpec.NONE.saying(new TreeMap<>(Map.of("C", "2")));
        assertThat(above.over(base).constants()).containsExactly(Map.entry("A.B", "default"), Map.entry("C", "2"));
    }

    @Test
    void hasADefaultForAllButTheImage() {
        assertThat(complete())
                .isEqualTo(new LaunchRequest(
                        IMAGE,
                        null,
                        InstanceCount.ONE,
                        null,
                        null,
                        LaunchRequest.Network.DEFAULT,
                        null,
                        List.of(),
                        MetadataOptions.DEFAULT,
                        InstanceOptions.DEFAULT,
                        null,
                        List.of()));
        assertThatThrownBy(() -> LaunchSpec.NONE.complete(InstanceCount.ONE, null))
                .hasMessage("The request must contain the parameter ImageId");
    }

    @Test
    void aNetworkIsSaidInOneOfTwoWays() {
        var network = new LaunchRequest.Network(
                List.of(new SecurityGroupId(GROUP)), List.of(), new SubnetId(SUBNET), "a", null, null, "");
        var place = new Placement("a", null, null, null);
        assertThat(complete(new Network(SUBNET, List.of(GROUP), List.of(), null), place)
                        .network())
                .isEqualTo(network);
        assertThat(complete(nic(0, SUBNET, GROUP), place).network()).isEqualTo(network);
        refused(
                ErrorCode.INVALID_PARAMETER_COMBINATION,
                nic(0, null),
                new Network(null, List.of(), List.of("web"), null));
        refused(ErrorCode.INVALID_PARAMETER_COMBINATION, nic(0, null), new Network(SUBNET, List.of(), List.of(), null));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, nic(1, null));
        refused(ErrorCode.MISSING_PARAMETER, nic(null, null));
        refused(ErrorCode.UNSUPPORTED_OPERATION, nic(0, null), nic(1, null));
    }

    @Test
    void oneGroupAndOneDiskAtEachDevice() {
        var id = "pg-0123456789abcdef0";
        assertThat(complete(new Placement(null, id, null, 2)).group()).isEqualTo(GroupChoice.ofId(id, 2));
        assertThat(complete(new Placement(null, null, "rows", null)).group())
                .isEqualTo(GroupChoice.ofName("rows", null));
        refused(ErrorCode.INVALID_PARAMETER_COMBINATION, new Placement(null, id, "rows", null));
        refused(ErrorCode.INVALID_PARAMETER_COMBINATION, new Placement(null, null, null, 2));
        assertThat(complete(disk("/dev/xvda", 9, null), disk("/dev/xvdb", 9, null))
                        .disks())
                .containsExactly(disk("/dev/xvda", 9, null), disk("/dev/xvdb", 9, null));
        refused(ErrorCode.INVALID_BLOCK_DEVICE_MAPPING, disk("/dev/xvdb", 9, null), disk("/dev/sdb", 9, null));
        refused(ErrorCode.INVALID_BLOCK_DEVICE_MAPPING, disk("/dev/xvda", 9, null), disk("/dev/sda1", 9, null));
        assertThatThrownBy(() -> of(disk(null, 9, null)).requireDevices()).isInstanceOf(CloudException.class);
    }

    @Test
    void optionsThatAreSaidAreTakenAndTheOthersAreTheDefaults() {
        assertThat(complete(hibernation(true, true)).options())
                .isEqualTo(new InstanceOptions(
                        true, ShutdownBehavior.STOP, Protection.NONE, false, true, true, CapacityChoice.OPEN));
        var all = new InstanceOptions(
                true, ShutdownBehavior.TERMINATE, new Protection(true, true), true, false, true, CapacityChoice.NONE);
        assertThat(complete(all.said()).options()).isEqualTo(all);
    }

    @Test
    void aNameOfASystemsManagerParameterIsNoImage() {
        assertThatThrownBy(() -> named("resolve:ssm:/golden", null).complete(InstanceCount.ONE, null))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED_OPERATION));
    }

    @Test
    void anIdIsOneOnceItIsLaunchedFrom() {
        for (var spec : List.of(
                of(new Network("subnet", List.of(), List.of(), null)),
                of(new Network(null, List.of("group"), List.of(), null)),
                of(nic(0, "subnet")),
                of(nic(0, null, "group")),
                of(new Placement(null, "group", null, null)))) {
            spec.requireCoherent();
            var whole = spec.over(named(IMAGE.value(), null));
            assertThatThrownBy(() -> whole.complete(InstanceCount.ONE, null)).isInstanceOf(MalformedIdException.class);
        }
    }
}
