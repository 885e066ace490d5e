package io.croft.protocol;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Names blocks as {@link SnapshotNaming} says; for one thread at a time. */
public final class BlockNames {
    private static final String HMAC = "HmacSHA256";

    private final Mac mac;

    /**
     * Names under a key.
     *
     * @param key in base64
     * @throws IllegalArgumentException when it is none
     */
    public BlockNames(String key) {
        try {
            mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), HMAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("its blocks cannot be named", e);
        }
    }

    /** The name of a block, which is all that is left of {@code block}, in hex. */
    public String of(ByteBuffer block) {
        mac.update(block);
        return HexFormat.of().formatHex(mac.doFinal());
    }
}
