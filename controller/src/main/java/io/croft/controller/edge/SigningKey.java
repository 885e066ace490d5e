package io.croft.controller.edge;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What signs a day's requests to a service in a region, made of an access key's secret. */
final class SigningKey {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private SigningKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    static SigningKey of(String secret, CredentialScope scope) {
        return new SigningKey(bytes("AWS4" + secret))
                .next(scope.date())
                .next(scope.region())
                .next(scope.service())
                .next(CredentialScope.TERMINATOR);
    }

    private SigningKey next(String part) {
        return new SigningKey(sign(part));
    }

    byte[] sign(String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new CloudException(ErrorCode.INTERNAL_ERROR, "An internal error has occurred.", "no " + ALGORITHM, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
