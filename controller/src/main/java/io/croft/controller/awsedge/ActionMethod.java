package io.croft.controller.awsedge;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.identity.Access;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/**
 * One action of a service: the bean's method, and how its request is read.
 *
 * @param name as clients send it: {@code RunInstances}
 */
record ActionMethod(
        AwsService service,
        String name,
        Object bean,
        Method method,
        DeclaredParameters declared,
        SupportedParameters parameters,
        EmptyTexts empties) {
    private static final String REQUEST_SUFFIX = "Request";

    /** The place of the parameter that takes a request's payload, in methods that have it. */
    private static final int PAYLOAD = 2;

    /**
     * Takes a method marked with {@link Action}.
     *
     * @throws IllegalStateException when its signature is not that of an action
     */
    static ActionMethod of(AwsService service, Object bean, Method method) {
        var types = method.getParameterTypes();
        if (types.length < 2
                || types[0] != Caller.class
                || !SdkRequest.class.isAssignableFrom(types[1])
                || (types.length > 2 && !(types.length == PAYLOAD + 1 && types[PAYLOAD] == SdkBytes.class))
                || !SdkPojo.class.isAssignableFrom(method.getReturnType())) {
            throw new IllegalStateException(
                    method
                            + " is no action: it must take a Caller, a request and, where that has one, its payload, and return a response");
        }
        var request = types[1].getSimpleName();
        var name = request.substring(0, request.length() - REQUEST_SUFFIX.length());
        var declared = DeclaredParameters.of(method.getAnnotation(Action.class), builderOf(types[1]));
        var empties = new EmptyTexts(name, Set.copyOf(declared.keepsEmpty()), declared.absences(), service.badValues());
        return new ActionMethod(service, name, bean, method, declared, SupportedParameters.of(declared), empties);
    }

    /** The action as data. */
    SupportedAction described() {
        return new SupportedAction(
                service.name(),
                name,
                declared.supports().stream().sorted().toList(),
                declared.accepts().stream().sorted().toList(),
                requestBuilder().sdkFields().stream()
                        .map(SdkField::locationName)
                        .filter(parameter -> !parameters.knows(parameter))
                        .sorted()
                        .toList());
    }

    /** What the caller must be allowed. */
    Access access() {
        if (ownCredentials()) {
            return Access.OWN_CREDENTIALS;
        }
        return reads() ? Access.READ : Access.WRITE;
    }

    /** Whether the action leaves everything as it is, and hands no credentials out. */
    boolean reads() {
        return name.startsWith("Describe") || name.startsWith("List") || (name.startsWith("Get") && !ownCredentials());
    }

    /** Whether the audit trail has each request that is carried out. Of those that carry data there are very many: what begins and what ends them is there. */
    boolean audited() {
        return !reads() && !takesPayload();
    }

    private boolean takesPayload() {
        return method.getParameterCount() > PAYLOAD;
    }

    private boolean ownCredentials() {
        return method.getAnnotation(Action.class).ownCredentials();
    }

    /**
     * Reads the action's request.
     *
     * @throws CloudException when a parameter is unknown, unsupported or malformed
     */
    SdkRequest decode(Envelope sent) {
        return sent.read(requestBuilder(), parameters, empties);
    }

    /** An empty builder of the action's request class. */
    SdkPojo requestBuilder() {
        return builderOf(method.getParameterTypes()[1]);
    }

    private static SdkPojo builderOf(Class<?> request) {
        try {
            return (SdkPojo) request.getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(request + " has no builder", e);
        }
    }

    /**
     * Carries the action out.
     *
     * @throws RuntimeException what the method throws
     */
    SdkPojo call(Caller caller, SdkRequest request, SdkBytes payload) {
        try {
            return (SdkPojo)
                    (takesPayload()
                            ? method.invoke(bean, caller, request, payload)
                            : method.invoke(bean, caller, request));
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(name + " threw a checked exception", e);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(name + " cannot be called", e);
        }
    }
}
