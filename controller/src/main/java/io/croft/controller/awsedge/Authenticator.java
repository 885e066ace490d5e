package io.croft.controller.awsedge;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.CroftProperties;
import io.croft.controller.identity.AccessKey;
import io.croft.controller.identity.AccessKeys;
import io.croft.types.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Proves who signed a request, and refuses as the service asked for does. */
@Component
class Authenticator {
    private static final String NOT_VALIDATED = "AWS was not able to validate the provided access credentials";
    private static final String BAD_TOKEN = "The security token included in the request is invalid.";
    private static final String NO_MATCH =
            "The request signature we calculated does not match the signature you provided. "
                    + "Check your AWS Secret Access Key and signing method.";

    private final AccessKeys keys;
    private final Clock clock;
    private final String region;
    private final Duration skew;

    Authenticator(AccessKeys keys, Clock clock, CroftProperties croft, AwsEdgeProperties properties) {
        this.keys = keys;
        this.clock = clock;
        this.region = croft.region();
        this.skew = properties.clockSkew();
    }

    /**
     * The key that {@code request} was signed with.
     *
     * @throws CloudException AuthFailure, InvalidClientTokenId, SignatureDoesNotMatch or RequestExpired, as the service names them
     */
    AccessKey prove(RawRequest request, Signature signature, AwsService service) {
        var key = keys.find(signature.scope().accessKeyId())
                .filter(AccessKey::active)
                .orElseThrow(() -> unknown(service));
        if (signature.sessionToken() != null) {
            throw unknown(service);
        }
        if (!signature.scope().region().equals(region)) {
            throw mismatch(service, "Credential should be scoped to a valid region.");
        }
        if (!signature.matches(request, key.secret())) {
            throw mismatch(service, NO_MATCH);
        }
        requireFresh(signature, service);
        return key;
    }

    private void requireFresh(Signature signature, AwsService service) {
        var now = clock.instant();
        var signed = signature.signed();
        var lifetime = signature.lifetimeSeconds();
        var expires = lifetime == null ? signed.plus(skew) : signed.plusSeconds(lifetime);
        if (signed.isAfter(now.plus(skew)) || expires.isBefore(now)) {
            throw expired(service, signature.timestamp(), now);
        }
        if (!signature.timestamp().startsWith(signature.scope().date())) {
            throw mismatch(service, "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date.");
        }
    }

    private static CloudException unknown(AwsService service) {
        return switch (service.protocol()) {
            case EC2_QUERY -> new CloudException(ErrorCode.AUTH_FAILURE, NOT_VALIDATED);
            case AWS_QUERY -> new CloudException(ErrorCode.INVALID_CLIENT_TOKEN_ID, BAD_TOKEN);
        };
    }

    private static CloudException mismatch(AwsService service, String why) {
        return switch (service.protocol()) {
            case EC2_QUERY -> new CloudException(ErrorCode.AUTH_FAILURE, NOT_VALIDATED, why, null);
            case AWS_QUERY -> new CloudException(ErrorCode.SIGNATURE_DOES_NOT_MATCH, why);
        };
    }

    private static CloudException expired(AwsService service, String timestamp, Instant now) {
        var message = "Signature expired or not yet valid: it is of " + timestamp + " and the time is " + now;
        return switch (service.protocol()) {
            case EC2_QUERY -> new CloudException(ErrorCode.REQUEST_EXPIRED, message);
            case AWS_QUERY -> new CloudException(ErrorCode.SIGNATURE_DOES_NOT_MATCH, message);
        };
    }
}
