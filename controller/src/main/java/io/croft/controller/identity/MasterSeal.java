package io.croft.controller.identity;

import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Keeps other modules' secrets under the master key. */
@Component
public class MasterSeal {
    /** Begins the name that a secret is sealed for, so that nothing else which the master key sealed passes for one. */
    private static final String NAME = "kept/";

    private final MasterKey master;

    MasterSeal(MasterKey master) {
        this.master = master;
    }

    /** Encrypts {@code secret}; {@code name} must be given again to {@link #open}. */
    public byte[] seal(String name, byte[] secret) {
        return master.seal(NAME + name, Base64.getEncoder().encodeToString(secret));
    }

    /** Decrypts what {@link #seal} made; empty when it was made under another key or name, or was changed. */
    public Optional<byte[]> open(String name, byte[] sealed) {
        return master.unseal(NAME + name, sealed).map(Base64.getDecoder()::decode);
    }

    /** A key for one purpose, of 256 bits: the same as long as the master key is. */
    public byte[] derive(String purpose) {
        return master.derive(NAME + purpose);
    }
}
