package io.croft.controller.awsedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.awsedge.query.QueryProtocol;
import io.croft.controller.context.CloudException;
import io.croft.controller.edge.RawRequest;
import io.croft.types.ErrorCode;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;

/** Every parameter that an action reads, sent empty: it is refused before the action sees the request, but for the few that are named here. */
class EmptyTextsTest {
    private static final AwsService SERVICE = new AwsService("ec2", QueryProtocol.EC2, "urn:ec2");

    /** The values of tags and filters, the token of a first page, descriptions, and what EC2 itself has empty. */
    private static final String ANYWHERE =
            "(.*\\.)?(Tags?\\.Value|Filter\\.Value|Description|BlockDeviceMapping\\.NoDevice)|NextToken|Marker|VersionDescription";

    /** Parameters that may be empty in one action: to mean none, or because a client sends it. */
    private static final Set<String> NAMED = Set.of(
            "CreateSecurityGroup.VpcId",
            "ModifyImageAttribute.Description.Value",
            "ModifyImageAttribute.Value",
            "ModifyInstanceAttribute.UserData.Value",
            "ModifyInstanceAttribute.Value",
            "ModifyInstancePlacement.GroupName",
            "ModifyNetworkInterfaceAttribute.Description.Value");

    /** The same of launches, and of the templates of launches. */
    private static final Set<String> OF_LAUNCHES = Set.of(
            "ClientToken",
            "DisableApiTermination",
            "EbsOptimized",
            "HibernationOptions.Configured",
            "IamInstanceProfile.Name",
            "Monitoring.Enabled",
            "Placement.AvailabilityZone",
            "UserData");

    private static final Map<String, String> LAUNCHES = Map.of(
            "RunInstances", "",
            "CreateLaunchTemplate", "LaunchTemplateData.",
            "CreateLaunchTemplateVersion", "LaunchTemplateData.");

    @TestFactory
    Stream<DynamicTest> areErrorsOfEveryParameter() throws ClassNotFoundException {
        return actions().stream().map(a -> DynamicTest.dynamicTest(a.name(), () -> check(a)));
    }

    private static void check(ActionMethod action) {
        var empty = new TreeSet<String>();
        for (var leaf : leaves(action.requestBuilder(), "", "")) {
            if (taken(action, leaf)) {
                empty.add(leaf.name());
            }
        }
        assertThat(empty).allMatch(name -> name.matches(ANYWHERE) || named(action.name(), name));
    }

    private static boolean named(String action, String name) {
        var under = LAUNCHES.get(action);
        return NAMED.contains(action + "." + name)
                || (under != null && name.startsWith(under) && OF_LAUNCHES.contains(name.substring(under.length())));
    }

    @Test
    void takesThoseOfClientsForAbsent() throws ClassNotFoundException {
        for (var action : actions()) {
            var under = LAUNCHES.get(action.name());
            if (under != null) {
                OF_LAUNCHES.stream()
                        .filter(name -> under.isEmpty() || !name.equals("ClientToken"))
                        .map(name -> under + name)
                        .forEach(name -> assertThat(taken(action, new Leaf(name, name)))
                                .as("%s.%s", action.name(), name)
                                .isTrue());
            }
        }
    }

    @Test
    void takesASubnetForAbsentOnlyWherePackerSendsIt() throws ClassNotFoundException {
        var launch = actions().stream()
                .filter(a -> a.name().equals("RunInstances"))
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> launch.decode(sent("SubnetId="))).isInstanceOf(CloudException.class);
        assertThat(launch.decode(sent("IamInstanceProfile.Name=&SubnetId=")).getValueForField("SubnetId", String.class))
                .isEmpty();
    }

    private static Envelope sent(String query) {
        return QueryProtocol.EC2.open(new RawRequest("GET", "/", "Action=Any&" + query, Map.of(), new byte[0]));
    }

    private static boolean taken(ActionMethod action, Leaf leaf) {
        try {
            action.decode(sent(leaf.path() + "="));
            return true;
        } catch (CloudException e) {
            assertThat(e.code()).isIn(ErrorCode.INVALID_PARAMETER_VALUE, ErrorCode.UNSUPPORTED_OPERATION);
            return false;
        }
    }

    /** A parameter by its name, and with an index for each list. */
    private record Leaf(String name, String path) {}

    private static List<Leaf> leaves(SdkPojo structure, String name, String path) {
        return structure.sdkFields().stream()
                .flatMap(f -> leaves(f, name + f.locationName(), path + f.locationName()).stream())
                .toList();
    }

    private static List<Leaf> leaves(SdkField<?> field, String name, String path) {
        return switch (field.marshallingType().getKnownType()) {
            case SDK_POJO -> {
                var all = new ArrayList<>(List.of(new Leaf(name, path)));
                all.addAll(leaves(field.constructor().get(), name + ".", path + "."));
                yield all;
            }
            case LIST -> {
                var all = new ArrayList<>(List.of(new Leaf(name, path)));
                all.addAll(leaves(field.getRequiredTrait(ListTrait.class).memberFieldInfo(), name, path + ".1"));
                yield all;
            }
            default -> List.of(new Leaf(name, path));
        };
    }

    /** Not one of the tests' own. */
    private static boolean shipped(Class<?> group) {
        return group.getProtectionDomain()
                .getCodeSource()
                .equals(ActionGroup.class.getProtectionDomain().getCodeSource());
    }

    private static List<ActionMethod> actions() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ActionGroup.class));
        var actions = new ArrayList<ActionMethod>();
        for (var found : scanner.findCandidateComponents("io.croft.controller")) {
            var group = Class.forName(found.getBeanClassName());
            Stream.of(group.getDeclaredMethods())
                    .filter(_ -> shipped(group))
                    .filter((Method m) -> m.isAnnotationPresent(Action.class))
                    .forEach(m -> actions.add(ActionMethod.of(SERVICE, m, m)));
        }
        assertThat(actions).isNotEmpty();
        return actions;
    }
}
