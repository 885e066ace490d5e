package io.croft.controller.keypair;

import io.croft.types.KeyPairId;
import java.time.Instant;
import java.util.Map;

/**
 * A key pair, its public half only.
 *
 * @param fingerprint as EC2 computes it for the key's type and origin
 * @param publicKey one line in OpenSSH's form
 */
public record KeyPairView(
        KeyPairId id,
        String name,
        KeyType type,
        String fingerprint,
        String publicKey,
        Instant created,
        Map<String, String> tags) {}
