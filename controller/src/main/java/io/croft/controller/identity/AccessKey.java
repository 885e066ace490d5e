package io.croft.controller.identity;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.types.AccountId;
import java.time.Instant;

/**
 * An access key with its secret in the clear. Its text form leaves the secret out.
 *
 * @param id {@code AKIA} and 16 capitals and digits
 * @param secret 40 characters; what requests are signed with
 * @param principal who holds it, in words
 * @param active whether requests signed with it are taken
 */
public record AccessKey(
        String id, String secret, AccountId account, String principal, Role role, boolean active, Instant created) {
    /** How the words for the holder of a key begin; its id follows. */
    static final String PRINCIPAL = "key/";

    /** The words for the holder of a key. */
    static String principalOf(String accessKeyId) {
        return PRINCIPAL + accessKeyId;
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
