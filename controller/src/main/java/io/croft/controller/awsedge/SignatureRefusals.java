package io.croft.controller.awsedge;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;

/** What AWS's services call a request that proves nothing: EC2 does not say why, except that it is for another region; the others do. */
final class SignatureRefusals {
    private static final String NOT_VALIDATED = "AWS was not able to validate the provided access credentials";

    private SignatureRefusals() {}

    static CloudException of(AwsService.Protocol protocol, CloudException refused) {
        return switch (protocol) {
            case EC2_QUERY ->
                switch (refused.code()) {
                    case REQUEST_EXPIRED -> refused;
                    case EXPIRED_TOKEN ->
                        new CloudException(ErrorCode.REQUEST_EXPIRED, "Request has expired.", "", refused);
                    case SIGNED_FOR_ANOTHER_REGION ->
                        new CloudException(ErrorCode.AUTH_FAILURE, refused.publicMessage(), "", refused);
                    default -> notValidated(refused);
                };
            case AWS_QUERY -> refused.code() == ErrorCode.REQUEST_EXPIRED ? mismatch(refused) : refused;
        };
    }

    private static CloudException notValidated(CloudException refused) {
        return new CloudException(ErrorCode.AUTH_FAILURE, NOT_VALIDATED, refused.publicMessage(), refused);
    }

    private static CloudException mismatch(CloudException refused) {
        return new CloudException(ErrorCode.SIGNATURE_DOES_NOT_MATCH, refused.publicMessage(), "", refused);
    }
}
