package io.croft.controller.stsapi;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.identity.Users;
import io.croft.types.ErrorCode;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Who a caller is: the user who holds the key. */
@ActionGroup(service = StsService.NAME)
class IdentityActions {
    private final Users users;

    IdentityActions(Users users) {
        this.users = users;
    }

    @Action
    GetCallerIdentityResponse getCallerIdentity(Caller caller, GetCallerIdentityRequest request) {
        var user = users.of(caller)
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INVALID_CLIENT_TOKEN_ID, "The security token included in the request is invalid."));
        return GetCallerIdentityResponse.builder()
                .account(user.account().value())
                .userId(user.id())
                .arn(user.arn())
                .build();
    }
}
