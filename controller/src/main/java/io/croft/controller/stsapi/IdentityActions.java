package io.croft.controller.stsapi;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.context.Caller;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Who a caller is: access keys belong to an account itself, so its root. */
@ActionGroup(service = StsService.NAME)
class IdentityActions {
    @Action
    GetCallerIdentityResponse getCallerIdentity(Caller caller, GetCallerIdentityRequest request) {
        return GetCallerIdentityResponse.builder()
                .account(caller.account().value())
                .userId(caller.account().value())
                .arn("arn:aws:iam::" + caller.account() + ":root")
                .build();
    }
}
