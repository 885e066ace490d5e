package io.croft.controller.keypair;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.KeyPairId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The account's key pairs.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/verify-keys.html">Fingerprints</a>
 */
public interface KeyPairs {
    /**
     * Makes a key pair: RSA with 2048 bits, or Ed25519.
     *
     * @param name 1 to 255 ASCII characters, unique in the account
     * @throws io.croft.controller.context.CloudException InvalidKeyPair.Duplicate, InvalidParameterValue
     */
    CreatedKeyPair create(Caller caller, String name, KeyType type, Map<String, String> tags);

    /**
     * Takes a public key: OpenSSH's line, PEM or DER, the last two for RSA only.
     *
     * @param material the bytes, after base64
     * @throws io.croft.controller.context.CloudException InvalidKey.Format, InvalidKeyPair.Duplicate
     */
    KeyPairView importKey(Caller caller, String name, byte[] material, Map<String, String> tags);

    /**
     * Lists key pairs; the query's ids are key pair ids. Filters: {@code key-name}, {@code key-pair-id}, {@code fingerprint} and the tags'.
     *
     * @param names key pairs given by name; each must exist
     * @throws io.croft.controller.context.CloudException InvalidKeyPair.NotFound
     */
    Page<KeyPairView> describe(Caller caller, Query query, List<String> names);

    /**
     * The public key that a launch puts into its instances: OpenSSH's line.
     *
     * @throws io.croft.controller.context.CloudException InvalidKeyPair.NotFound
     */
    String publicKey(Caller caller, String name);

    /**
     * Deletes a key pair by id or name; one that is not there is no error, as in EC2.
     *
     * @return the id of the key pair that was deleted, if any
     */
    Optional<KeyPairId> delete(Caller caller, @Nullable KeyPairId id, @Nullable String name);
}
