package io.croft.controller.awsedge.restjson;

import io.croft.controller.awsedge.AwsProtocol;
import io.croft.controller.awsedge.AwsService;
import io.croft.controller.awsedge.Content;
import io.croft.controller.awsedge.Envelope;
import io.croft.controller.awsedge.ErrorForm;
import io.croft.controller.context.CloudException;
import io.croft.controller.edge.RawRequest;
import io.croft.types.ErrorCode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/**
 * REST-JSON, as far as a service's actions need it.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html">AWS restJson1 protocol</a>
 */
public final class RestJsonProtocol implements AwsProtocol {
    private static final String PLAIN = "identity";

    private final List<Operation> operations;

    /** Of a service with these actions. */
    public RestJsonProtocol(List<Operation> operations) {
        this.operations = List.copyOf(operations);
    }

    @Override
    public void requireReadable(RawRequest request) {
        var encoding = Objects.requireNonNullElse(request.header("content-encoding"), PLAIN);
        if (!encoding.equalsIgnoreCase(PLAIN)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The body is encoded (Content-Encoding: " + encoding + "), which is not supported.");
        }
    }

    @Override
    public Envelope open(RawRequest request) {
        return operations.stream()
                .map(o -> o.match(request.method(), request.path()).map(p -> new RestJsonEnvelope(o, p, request)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INVALID_ACTION,
                        "There is no operation for " + request.method() + " " + request.path()));
    }

    @Override
    public Content write(AwsService service, String action, SdkPojo response, String requestId) {
        var status = operations.stream()
                .filter(o -> o.action().equals(action))
                .findFirst()
                .orElseThrow()
                .status();
        return RestJsonWriter.write(status, response);
    }

    @Override
    public CloudException unproved(CloudException refused) {
        return refused;
    }

    @Override
    public ErrorForm errors() {
        return ErrorForm.REST_JSON;
    }
}
