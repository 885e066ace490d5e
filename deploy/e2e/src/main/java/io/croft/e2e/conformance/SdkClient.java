package io.croft.e2e.conformance;

import io.croft.e2e.Clients;
import io.croft.e2e.LabEnvironment;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The AWS SDK for Java; requests are filled and answers read by the classes' own descriptions. */
public final class SdkClient implements ApiClient {
    /** A service's client. */
    private record Service(Class<?> type, Object client) {}

    private final Map<String, Service> services;
    private final Ec2Client ec2;
    private final IamClient iam;
    private final StsClient sts;

    public SdkClient(LabEnvironment environment) {
        ec2 = Clients.ec2WithoutRetries(environment);
        iam = Clients.iamWithoutRetries(environment);
        sts = Clients.stsWithoutRetries(environment);
        services = Map.of(
                "ec2", new Service(Ec2Client.class, ec2),
                "iam", new Service(IamClient.class, iam),
                "sts", new Service(StsClient.class, sts));
    }

    @Override
    public String name() {
        return "java";
    }

    @Override
    public Answer call(String service, String action, ObjectNode parameters) {
        var used = Objects.requireNonNull(services.get(service), () -> "no client of " + service);
        try {
            var request = SdkShapes.fill(SdkShapes.request(service, action), parameters);
            var method = used.type()
                    .getMethod(
                            action.substring(0, 1).toLowerCase(Locale.ROOT) + action.substring(1), request.getClass());
            return new Answer("", SdkShapes.json((SdkPojo) method.invoke(used.client(), request)));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof AwsServiceException refused) {
                return new Answer(refused.awsErrorDetails().errorCode(), JsonNodeFactory.instance.objectNode());
            }
            throw new IllegalStateException(action + " was not answered", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the SDK has no " + service + ":" + action, e);
        }
    }

    @Override
    public void close() {
        ec2.close();
        iam.close();
        sts.close();
    }
}
