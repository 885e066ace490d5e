package io.croft.controller.awsedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.croft.controller.awsedge.query.QueryProtocol;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;

/** Every parameter that an action declares is one that AWS has: a misspelt one would be refused for ever. */
class DeclaredParametersTest {
    private static final AwsService EC2 = new AwsService("ec2", QueryProtocol.EC2, "urn:ec2");

    @TestFactory
    Stream<DynamicTest> existInTheRequest() throws ClassNotFoundException {
        var tests = new ArrayList<DynamicTest>();
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ActionGroup.class));
        for (var found : scanner.findCandidateComponents("io.croft.controller")) {
            for (var method : Class.forName(found.getBeanClassName()).getDeclaredMethods()) {
                if (method.isAnnotationPresent(Action.class)) {
                    tests.add(DynamicTest.dynamicTest(method.getName(), () -> check(method)));
                }
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static void check(Method method) {
        var declared = method.getAnnotation(Action.class);
        var action = ActionMethod.of(EC2, method, method);
        var all = DeclaredParameters.of(declared, action.requestBuilder());
        var names = all.supports();
        assertThat(action.name()).isEqualToIgnoringCase(method.getName());
        Stream.concat(names.stream(), Arrays.stream(declared.accepts()).map(a -> a.substring(0, a.indexOf('='))))
                .forEach(name -> requireField(action.requestBuilder(), name));
        assertThat(names).containsAll(List.of(declared.keepsEmpty()));
        all.absences().forEach(a -> requireField(action.requestBuilder(), a.name()));
        assertThat(declared.emptyIsAbsent())
                .allSatisfy(e -> assertThat(e.because()).isNotBlank());
    }

    private static void requireField(SdkPojo request, String name) {
        var parent = Optional.of(request);
        var steps = name.split("\\.", -1);
        for (var i = 0; i < steps.length; i++) {
            if (steps[i].equals("*")) {
                return;
            }
            var step = steps[i];
            var field = parent.stream()
                    .flatMap(p -> p.sdkFields().stream())
                    .filter(f -> f.locationName().equals(step))
                    .findFirst()
                    .orElseGet(() -> fail(name + " is not a parameter of " + request.getClass()));
            parent = inside(field);
            assertThat(parent.isPresent()).as(name).isEqualTo(i < steps.length - 1);
        }
    }

    private static Optional<SdkPojo> inside(SdkField<?> field) {
        var type = field.marshallingType().getKnownType();
        if (type == MarshallingKnownType.LIST) {
            return inside(field.getRequiredTrait(ListTrait.class).memberFieldInfo());
        }
        return type == MarshallingKnownType.SDK_POJO
                ? Optional.of(field.constructor().get())
                : Optional.empty();
    }
}
