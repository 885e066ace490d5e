package io.croft.controller.blockstorage.snapshot.store;

/** Keeps lineages' keys from whoever has the store alone. */
public interface KeySeal {
    /** Encrypts {@code secret} for {@code name}. */
    byte[] seal(String name, byte[] secret);

    /**
     * Decrypts what {@link #seal} made.
     *
     * @throws StoreDamage when it was made under another key or name, or was changed
     */
    byte[] open(String name, byte[] sealed);
}
