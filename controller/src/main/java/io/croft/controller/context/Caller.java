package io.croft.controller.context;

import io.croft.types.AccountId;

/**
 * Who sends a request, once proved: handed down explicitly, so that no code can act for nobody.
 *
 * @param account the account whose resources exist for the request
 * @param principal the user, key or token in words, for the audit trail
 * @param requestId the id in the answer, the log and the audit trail
 * @param sourceAddress the client's IP address
 */
public record Caller(AccountId account, String principal, Role role, String requestId, String sourceAddress) {
    /** What a principal may do inside its account; {@code OPERATOR} also runs the deployment. */
    public enum Role {
        READER,
        ADMIN,
        OPERATOR
    }
}
