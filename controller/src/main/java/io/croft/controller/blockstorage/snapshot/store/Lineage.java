package io.croft.controller.blockstorage.snapshot.store;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A volume, its snapshots and what was made from them: within it, equal blocks are stored once.
 *
 * @param id names its folders
 * @param sealedKey its key under the master key, in base64
 */
public record Lineage(String id, String sealedKey) {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    public Lineage {
        if (!isId(id)) {
            throw new IllegalArgumentException("no lineage: " + id);
        }
    }

    static boolean isId(String name) {
        return ID.matcher(name).matches();
    }

    static Lineage of(String id, byte[] sealedKey) {
        return new Lineage(id, Base64.getEncoder().encodeToString(sealedKey));
    }

    byte[] sealed() {
        return Base64.getDecoder().decode(sealedKey);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return id;
    }
}
