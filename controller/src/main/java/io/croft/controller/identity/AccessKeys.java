package io.croft.controller.identity;

import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.AccountId;
import java.util.List;
import java.util.Optional;

/** The keys that clients of the AWS edges sign with. */
public interface AccessKeys {
    /**
     * Draws a key for a user; the one moment to hand its secret out.
     *
     * @param user the user's name
     * @throws io.croft.controller.context.CloudException NotFound when the account has no such user, LimitExceeded when it has two keys already: one in use and
     *     one to change to
     */
    AccessKey create(AccountId account, String user);

    /** The same for the user that an account starts with. */
    AccessKey create(AccountId account);

    /** The key with this id, active or not; one of a disabled account is not. Answered from memory when it was asked for in the last seconds: every signed request asks. */
    Optional<AccessKey> find(String accessKeyId);

    /** The account's keys, oldest first. */
    List<AccessKeySummary> list(AccountId account);

    /**
     * A page of one user's keys, by their ids.
     *
     * @param user the user's name
     * @throws io.croft.controller.context.CloudException NotFound when the account has no such user, InvalidPaginationToken
     */
    Page<AccessKeySummary> list(AccountId account, String user, Query query);

    /**
     * The key with this id when the user holds it.
     *
     * @param user the user's name
     * @throws io.croft.controller.context.CloudException NotFound when it does not
     */
    AccessKeySummary held(AccountId account, String user, String accessKeyId);

    /**
     * The key with this id.
     *
     * @throws io.croft.controller.context.CloudException NotFound when the account has none
     */
    AccessKeySummary require(AccountId account, String accessKeyId);

    /** Notes that a lasting key signed a request; not in a transaction. */
    void noteUse(String accessKeyId, String service, String region);

    /**
     * When and for what a key was last used; empty when it never was.
     *
     * @throws io.croft.controller.context.CloudException NotFound when the account has no such key
     */
    Optional<AccessKeyUse> lastUse(AccountId account, String accessKeyId);

    /**
     * Takes a key into or out of use, at once. Out of use it takes the temporary keys that stand for it with it, and they do not come back with it.
     *
     * @throws io.croft.controller.context.CloudException NotFound when the account has no such key
     */
    void setActive(AccountId account, String accessKeyId, boolean active);

    /**
     * Deletes a key.
     *
     * @throws io.croft.controller.context.CloudException NotFound when the account has no such key
     */
    void delete(AccountId account, String accessKeyId);
}
