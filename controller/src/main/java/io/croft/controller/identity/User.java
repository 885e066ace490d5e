package io.croft.controller.identity;

import io.croft.controller.context.Caller.Role;
import io.croft.types.AccountId;
import java.time.Instant;

/**
 * Someone who acts in an account, with keys and tokens.
 *
 * @param id {@code AIDA} and 17 capitals and digits; never given twice
 * @param name unique in the account
 * @param role what requests signed with the user's keys or sent with its tokens may do
 */
public record User(String id, AccountId account, String name, Role role, Instant created) {
    /** The user that every account but the deployment's own starts with, an administrator. */
    public static final String FIRST = "admin";

    /** The name that AWS's services know the user by. */
    public String arn() {
        return "arn:aws:iam::" + account + ":user/" + name;
    }
}
