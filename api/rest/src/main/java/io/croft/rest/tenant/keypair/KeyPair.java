package io.croft.rest.tenant.keypair;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key pair.
 *
 * @param type {@code rsa} or {@code ed25519}
 * @param fingerprint as EC2 computes it for the key's type and origin
 * @param publicKey one line in OpenSSH's form
 * @param privateKey only in the answer that made it: it is kept nowhere
 */
public record KeyPair(
        String keyPairId,
        String name,
        String type,
        String fingerprint,
        String publicKey,
        @Nullable String privateKey,
        String created,
        Map<String, String> tags) {
    /** Leaves the private half out. */
    @Override
    public String toString() {
        return "KeyPair[" + keyPairId + ", " + name + "]";
    }
}
