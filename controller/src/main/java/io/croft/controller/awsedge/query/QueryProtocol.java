package io.croft.controller.awsedge.query;

import io.croft.controller.awsedge.AwsProtocol;
import io.croft.controller.awsedge.AwsService;
import io.croft.controller.awsedge.Content;
import io.croft.controller.awsedge.Envelope;
import io.croft.controller.awsedge.ErrorForm;
import io.croft.controller.context.CloudException;
import io.croft.controller.edge.RawRequest;
import io.croft.types.ErrorCode;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The two forms of AWS's query protocol.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html">EC2 query protocol</a>
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS query protocol</a>
 */
public enum QueryProtocol implements AwsProtocol {
    /** EC2's own: lists flattened, no result element. It does not say why a request proves nothing, except that it is for another region. */
    EC2(ErrorForm.EC2) {
        @Override
        public CloudException unproved(CloudException refused) {
            return switch (refused.code()) {
                case REQUEST_EXPIRED -> refused;
                case EXPIRED_TOKEN ->
                    new CloudException(ErrorCode.REQUEST_EXPIRED, "Request has expired.", "", refused);
                case SIGNED_FOR_ANOTHER_REGION ->
                    new CloudException(ErrorCode.AUTH_FAILURE, refused.publicMessage(), "", refused);
                default -> new CloudException(ErrorCode.AUTH_FAILURE, NOT_VALIDATED, refused.publicMessage(), refused);
            };
        }
    },
    /** All other query services': {@code X.member.1} and an {@code XxxResult} element. */
    AWS(ErrorForm.AWS_QUERY) {
        @Override
        public CloudException unproved(CloudException refused) {
            return refused.code() == ErrorCode.REQUEST_EXPIRED
                    ? new CloudException(ErrorCode.SIGNATURE_DOES_NOT_MATCH, refused.publicMessage(), "", refused)
                    : refused;
        }
    };

    private static final String NOT_VALIDATED = "AWS was not able to validate the provided access credentials";

    private final ErrorForm errors;

    QueryProtocol(ErrorForm errors) {
        this.errors = errors;
    }

    @Override
    public void requireReadable(RawRequest request) {
        if (!request.path().equals("/")) {
            throw new CloudException(ErrorCode.NOT_FOUND, "There is nothing at " + request.path());
        }
        Form.requireReadable(request);
    }

    @Override
    public Envelope open(RawRequest request) {
        return Form.open(this, request);
    }

    @Override
    public Content write(AwsService service, String action, SdkPojo response, String requestId) {
        return new ResponseEncoder(this, service.namespace()).encode(action, response, requestId);
    }

    @Override
    public ErrorForm errors() {
        return errors;
    }
}
