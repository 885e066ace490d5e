package io.croft.controller.stsapi;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.identity.Sessions;
import io.croft.types.ErrorCode;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

/** Temporary keys. */
@ActionGroup(service = StsService.NAME)
class SessionActions {
    private static final int SHORTEST = 900;
    private static final int USUAL = 43_200;
    private static final int LONGEST = 129_600;

    private final Sessions sessions;

    SessionActions(Sessions sessions) {
        this.sessions = sessions;
    }

    @Action(supports = "DurationSeconds", ownCredentials = true)
    GetSessionTokenResponse getSessionToken(Caller caller, GetSessionTokenRequest request) {
        var seconds = Objects.requireNonNullElse(request.durationSeconds(), USUAL);
        if (seconds < SHORTEST || seconds > LONGEST) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Value '" + seconds + "' at 'durationSeconds' failed to satisfy constraint: from " + SHORTEST
                            + " to " + LONGEST);
        }
        var session = sessions.issue(caller, Duration.ofSeconds(seconds));
        return GetSessionTokenResponse.builder()
                .credentials(c -> c.accessKeyId(session.key().id())
                        .secretAccessKey(session.key().secret())
                        .sessionToken(session.token())
                        .expiration(session.expires()))
                .build();
    }
}
