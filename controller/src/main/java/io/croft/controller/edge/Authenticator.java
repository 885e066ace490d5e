package io.croft.controller.edge;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.CroftProperties;
import io.croft.controller.identity.AccessKey;
import io.croft.controller.identity.KnownKeys;
import io.croft.controller.identity.Sessions;
import io.croft.types.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Proves who signed a request. */
@Component
public class Authenticator {
    private static final String BAD_TOKEN = "The security token included in the request is invalid.";
    private static final String NO_MATCH =
            "The request signature we calculated does not match the signature you provided. "
                    + "Check your AWS Secret Access Key and signing method.";

    private final KnownKeys keys;
    private final Sessions sessions;
    private final Clock clock;
    private final String region;
    private final Duration skew;
    private final SigningKeys signingKeys = new SigningKeys();

    public Authenticator(
            KnownKeys keys, Sessions sessions, Clock clock, CroftProperties croft, EdgeProperties properties) {
        this.keys = keys;
        this.sessions = sessions;
        this.clock = clock;
        this.region = croft.region();
        this.skew = properties.clockSkew();
    }

    /**
     * The key that {@code request} was signed with.
     *
     * @param homes regions that it may be signed for besides the controller's own
     * @throws CloudException InvalidClientTokenId, SignatureDoesNotMatch, ExpiredToken or RequestExpired
     */
    public AccessKey prove(RawRequest request, Signature signature, Set<String> homes) {
        var scoped = signature.scope().region();
        if (!scoped.equals(region) && !homes.contains(scoped)) {
            throw new CloudException(
                    ErrorCode.SIGNED_FOR_ANOTHER_REGION,
                    "Credential should be scoped to a valid region, not '" + scoped + "'.");
        }
        var key = key(signature.scope().accessKeyId(), signature.sessionToken());
        if (!signingKeys.prove(signature, request, key.secret())) {
            throw mismatch(NO_MATCH);
        }
        requireFresh(signature);
        if (!key.temporary()) {
            keys.noteUse(key.id(), signature.scope().service(), scoped);
        }
        return key;
    }

    private AccessKey key(String id, @Nullable String sessionToken) {
        return sessionToken == null
                ? keys.find(id).filter(AccessKey::active).orElseThrow(Authenticator::unknown)
                : sessions.open(id, sessionToken);
    }

    private void requireFresh(Signature signature) {
        var now = clock.instant();
        var signed = signature.signed();
        var lifetime = signature.lifetimeSeconds();
        var expires = lifetime == null ? signed.plus(skew) : signed.plusSeconds(lifetime);
        if (signed.isAfter(now.plus(skew)) || expires.isBefore(now)) {
            throw new CloudException(
                    ErrorCode.REQUEST_EXPIRED,
                    "Signature expired or not yet valid: it is of " + signature.timestamp() + " and the time is "
                            + now);
        }
        if (!signature.timestamp().startsWith(signature.scope().date())) {
            throw mismatch("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date.");
        }
    }

    private static CloudException unknown() {
        return new CloudException(ErrorCode.INVALID_CLIENT_TOKEN_ID, BAD_TOKEN);
    }

    private static CloudException mismatch(String why) {
        return new CloudException(ErrorCode.SIGNATURE_DOES_NOT_MATCH, why);
    }
}
