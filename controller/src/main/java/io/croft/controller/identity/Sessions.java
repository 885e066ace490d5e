package io.croft.controller.identity;

import io.croft.controller.context.Caller;
import java.time.Duration;

/** Temporary access keys: each stands for a lasting one, for some time. */
public interface Sessions {
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
     *     in use any more or was out of use since; ExpiredToken
     */
    AccessKey open(String accessKeyId, String token);
}
