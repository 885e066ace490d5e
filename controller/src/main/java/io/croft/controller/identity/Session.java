package io.croft.controller.identity;

import java.time.Instant;

/**
 * A temporary access key as it is handed out. Its text form leaves the token out.
 *
 * @param key {@code ASIA} and 16 capitals and digits, and its secret
 * @param token what every request signed with the key must carry
 * @param expires when neither is taken any more
 */
public record Session(AccessKey key, String token, Instant expires) {
    @Override
    public String toString() {
        return "Session[key=" + key + ", expires=" + expires + "]";
    }
}
