package io.croft.rest.tenant.keypair;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for a key pair: a new one, or the client's own when it sends its public half.
 *
 * @param name 1 to 255 ASCII characters, unique in the account
 * @param type of a new one: {@code rsa} (by default) or {@code ed25519}
 * @param publicKey OpenSSH's line, or PEM for RSA
 */
public record NewKeyPair(
        String name,
        @Nullable String type,
        @Nullable String publicKey,
        @Nullable Map<String, String> tags) {
    public NewKeyPair {
        Objects.requireNonNull(name, "name is missing");
        if (type != null && publicKey != null) {
            throw new IllegalArgumentException("type cannot be given with publicKey, which has one");
        }
    }
}
