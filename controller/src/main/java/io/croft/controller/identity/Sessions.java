package io.croft.controller.identity;

import io.croft.controller.context.Caller;
import io.croft.types.AccountId;
import java.time.Duration;
import java.util.List;

/** Temporary access keys: each stands for a lasting one, for some time. */
public interface Sessions {
    /** As long as STS lets one last: 36 hours. */
    Duration LONGEST = Duration.ofHours(36);

    /**
     * Draws a temporary key for the key that the caller signed with.
     *
     * @param lasting for how long from now
     * @throws io.croft.controller.context.CloudException UnauthorizedOperation when the caller signed with a temporary key or came with a token
     */
    Session issue(Caller caller, Duration lasting);

    /**
     * The temporary key that was handed out with a session token; it may what the lasting key's user may now.
     *
     * @throws io.croft.controller.context.CloudException InvalidClientTokenId when the token was not handed out with a key of this id, or the lasting key is not
     *     in use any more or was out of use since, or the session was ended; ExpiredToken
     */
    AccessKey open(String accessKeyId, String token);

    /** The account's temporary keys whose time is not up, the oldest first, ended ones too. */
    List<SessionSummary> list(AccountId account);

    /**
     * Ends a temporary key of the account alone, at once and for good. One that was never recorded is ended as well.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue when the text is no temporary key's id
     */
    void end(AccountId account, String accessKeyId);
}
