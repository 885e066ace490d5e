package io.croft.controller.ec2api.compute.launchspec;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.Parameters;
import io.croft.controller.awsedge.StructureMembers;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.compute.launchspec.LaunchSpec;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.compute.launch.LaunchActions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Whatever a template is given, it shows again. */
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
public class LaunchSpecFormTest {
    /** A parameter that is taken from now on is said in data of its own. */
    private static final RequestLaunchTemplateData RESERVING = RequestLaunchTemplateData.builder()
            .capacityReservationSpecification(
                    c -> c.capacityReservationTarget(t -> t.capacityReservationId("cr-0123456789abcdef0")))
            .build();

    private static final RequestLaunchTemplateData WITH_DISKS = RequestLaunchTemplateData.builder()
            .blockDeviceMappings(
                    b -> b.deviceName("/dev/xvda").ebs(e -> e.volumeSize(9)),
                    b -> b.deviceName("/dev/sdf").ebs(e -> e.volumeSize(10).encrypted(false)),
                    b -> b.deviceName("/dev/sdg").noDevice(""))
            .build();

    private static final RequestLaunchTemplateData OF_A_SNAPSHOT = RequestLaunchTemplateData.builder()
            .blockDeviceMappings(b -> b.deviceName("/dev/sdf").ebs(e -> e.snapshotId("snap-0123456789abcdef0")))
            .build();

    private static final List<RequestLaunchTemplateData> ALL = Stream.concat(
                    OldTemplates.ALL.stream(), Stream.of(RESERVING, WITH_DISKS, OF_A_SNAPSHOT))
            .toList();

    public static ResponseLaunchTemplateData shown(RequestLaunchTemplateData data) {
        return StructureMembers.fill(ResponseLaunchTemplateData.builder(), StructureMembers.of(data));
    }

    @Test
    void showsAllThatWasGiven() {
        assertThat(ALL)
                .allSatisfy(data -> assertThat(LaunchSpecForm.write(LaunchSpecForm.read(data)))
                        .isEqualTo(shown(data)));
    }

    @Test
    void keepsWhatNothingReadsApart() {
        assertThat(LaunchSpecForm.read(OldTemplates.WITH_AN_INTERFACE).constants())
                .containsEntry("Placement.Tenancy", "default")
                .containsEntry("NetworkInterfaces.NetworkCardIndex", "0")
                .doesNotContainKey("BlockDeviceMappings.Ebs.Encrypted")
                .hasSize(11);
        assertThat(LaunchSpecForm.read(OldTemplates.WITH_AN_INTERFACE).disks())
                .as("each disk says it of itself")
                .extracting(DiskRequest::encrypted)
                .containsExactly(false);
        assertThat(LaunchSpecForm.read(OldTemplates.WITHOUT_ONE).constants()).isEmpty();
        assertThat(LaunchSpecForm.read(OldTemplates.OF_NOTHING)).isEqualTo(LaunchSpec.NONE);
    }

    @Test
    void theseHaveEveryParameterThatATemplateTakes() throws NoSuchMethodException {
        var launch = LaunchActions.class
                .getDeclaredMethod("runInstances", Caller.class, RunInstancesRequest.class)
                .getAnnotation(Action.class);
        var all = new HashSet<String>();
        paths(RequestLaunchTemplateData.builder(), "", false, all);
        var taken = Stream.concat(
                        Arrays.stream(launch.readers())
                                .flatMap(r -> Arrays.stream(
                                        r.getAnnotation(Parameters.class).value())),
                        Arrays.stream(launch.accepts()).map(a -> a.substring(0, a.indexOf('='))))
                .map(name -> name.replace(".*", ""))
                .filter(all::contains)
                .collect(Collectors.toSet());
        var given = new HashSet<String>();
        ALL.forEach(data -> paths(data, "", true, given));
        assertThat(given).containsAll(taken);
    }

    /** The parameters of a structure as on the wire, without indexes; all of them, or those given. */
    private static void paths(SdkPojo structure, String prefix, boolean given, Set<String> paths) {
        for (var field : structure.sdkFields()) {
            var value = given ? field.getValueOrDefault(structure) : null;
            if (given && (value == null || (value instanceof List<?> list && list.isEmpty()))) {
                continue;
            }
            paths.add(prefix + field.locationName());
            for (var inner : inside(field, value, given)) {
                paths(inner, prefix + field.locationName() + ".", given, paths);
            }
        }
    }

    private static List<SdkPojo> inside(SdkField<?> field, @Nullable Object value, boolean given) {
        if (given) {
            return (value instanceof List<?> list ? list.stream() : Stream.ofNullable(value))
                    .filter(SdkPojo.class::isInstance)
                    .map(SdkPojo.class::cast)
                    .toList();
        }
        var item = field;
        while (item.marshallingType().getKnownType() == MarshallingKnownType.LIST) {
            item = item.getRequiredTrait(ListTrait.class).memberFieldInfo();
        }
        return item.marshallingType().getKnownType() == MarshallingKnownType.SDK_POJO
                ? List.of(item.constructor().get())
                : List.of();
    }
}
