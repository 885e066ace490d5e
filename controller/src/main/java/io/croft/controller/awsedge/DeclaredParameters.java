package io.croft.controller.awsedge;

import io.croft.controller.awsedge.EmptyTexts.Absence;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;

/**
 * What an action declares of its parameters, with those that it takes over from other actions.
 *
 * @param supports as {@link Action#supports}
 * @param accepts as {@link Action#accepts}
 * @param keepsEmpty as {@link Action#keepsEmpty}
 * @param absences as {@link Action#emptyIsAbsent}
 */
record DeclaredParameters(
        List<String> supports, List<String> accepts, List<String> keepsEmpty, List<Absence> absences) {
    DeclaredParameters {
        supports = List.copyOf(supports);
        accepts = List.copyOf(accepts);
        keepsEmpty = List.copyOf(keepsEmpty);
        absences = List.copyOf(absences);
    }

    /**
     * Reads the declaration.
     *
     * @param request the action's request class, which has some of what an embedded action takes and lacks the rest
     */
    static DeclaredParameters of(Action action, SdkPojo request) {
        var supports = new ArrayList<>(supports(action));
        var accepts = new ArrayList<>(List.of(action.accepts()));
        var keepsEmpty = new ArrayList<>(List.of(action.keepsEmpty()));
        var absences = new ArrayList<>(absences(action));
        for (var embedded : action.embeds()) {
            var other = declaration(embedded);
            supports.addAll(below(embedded.under(), supports(other), request));
            accepts.addAll(below(embedded.under(), List.of(other.accepts()), request));
            keepsEmpty.addAll(below(embedded.under(), List.of(other.keepsEmpty()), request));
            absences(other).stream()
                    .map(a -> a.under(embedded.under()))
                    .filter(a -> exists(request, a.name()))
                    .forEach(absences::add);
        }
        return new DeclaredParameters(supports, accepts, keepsEmpty, absences);
    }

    private static List<Absence> absences(Action action) {
        var read = Arrays.stream(action.readers())
                .flatMap(r -> Arrays.stream(parameters(r).emptyIsAbsent()));
        return Stream.concat(Arrays.stream(action.emptyIsAbsent()), read)
                .flatMap(e -> Arrays.stream(e.value()).map(name -> new Absence(name, e.beside())))
                .toList();
    }

    private static List<String> supports(Action action) {
        var read = Arrays.stream(action.readers()).flatMap(DeclaredParameters::read);
        return Stream.concat(Arrays.stream(action.supports()), read).toList();
    }

    private static Stream<String> read(Class<?> reader) {
        return Arrays.stream(parameters(reader).value());
    }

    private static Parameters parameters(Class<?> reader) {
        var parameters = reader.getAnnotation(Parameters.class);
        if (parameters == null) {
            throw new IllegalStateException(reader + " does not say its parameters");
        }
        return parameters;
    }

    private static Action declaration(Action.Embedded embedded) {
        return Arrays.stream(embedded.group().getDeclaredMethods())
                .filter(m -> m.getName().equals(embedded.action()))
                .map((Method m) -> m.getAnnotation(Action.class))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(embedded + " is no action"));
    }

    private static List<String> below(String structure, List<String> names, SdkPojo request) {
        return names.stream()
                .map(n -> structure + "." + n)
                .filter(n -> exists(request, n))
                .toList();
    }

    private static boolean exists(SdkPojo request, String declared) {
        var name = declared.contains("=") ? declared.substring(0, declared.indexOf('=')) : declared;
        var structure = Optional.of(request);
        for (var step : name.split("\\.", -1)) {
            if (step.equals("*")) {
                return true;
            }
            var field = structure.stream()
                    .flatMap(s -> s.sdkFields().stream())
                    .filter(f -> f.locationName().equals(step))
                    .findFirst();
            if (field.isEmpty()) {
                return false;
            }
            structure = inside(field.get());
        }
        return true;
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
