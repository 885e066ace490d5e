package io.croft.controller.identity;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.types.AccountId;
import java.time.Instant;
import java.util.Optional;

/**
 * An access key with its secret in the clear. Its text form leaves the secret out.
 *
 * @param id {@code AKIA} and 16 capitals and digits, or {@code ASIA} and as many for a temporary key
 * @param secret 40 characters; what requests are signed with
 * @param principal who holds it, in words
 * @param active whether requests signed with it are taken
 * @param deactivations how often it was taken out of use: each time ended the temporary keys that stood for it
 */
public record AccessKey(
        String id,
        String secret,
        AccountId account,
        String principal,
        Role role,
        boolean active,
        int deactivations,
        Instant created) {
    /** How the words for the holder of a key begin; its id follows. */
    private static final String PRINCIPAL = "key/";

    /** Stands between a lasting key's id and that of a temporary one. */
    static final String SESSION = "/";

    /** How a temporary key's id begins. */
    static final String TEMPORARY = "ASIA";

    /** The words for the holder of a key. */
    static String principalOf(String accessKeyId) {
        return PRINCIPAL + accessKeyId;
    }

    /** The id of the lasting key that the caller signed with; empty when it was a temporary one or none. */
    static Optional<String> lasting(Caller caller) {
        return signed(caller).filter(keys -> !keys.contains(SESSION));
    }

    /** The same for a caller who signed with a temporary key as well: that which it stands for. */
    static Optional<String> underlying(Caller caller) {
        return signed(caller).map(keys -> keys.split(SESSION, -1)[0]);
    }

    private static Optional<String> signed(Caller caller) {
        var words = caller.principal();
        return words.startsWith(PRINCIPAL) ? Optional.of(words.substring(PRINCIPAL.length())) : Optional.empty();
    }

    /** Whether it is taken with a session token only. */
    public boolean temporary() {
        return id.startsWith(TEMPORARY);
    }

    /** Who sends a request that was signed with this key. */
    public Caller caller(String requestId, String sourceAddress) {
        return new Caller(account, principal, role, requestId, sourceAddress);
    }

    @Override
    public String toString() {
        return "AccessKey[id=" + id + ", account=" + account + ", active=" + active + "]";
    }
}
