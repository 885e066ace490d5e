package io.croft.controller.iamapi;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.context.Caller;
import io.croft.controller.identity.Access;
import io.croft.controller.identity.RequestedUser;
import io.croft.controller.identity.Users;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.User;

/** The users of an account. */
@ActionGroup(service = IamService.NAME)
class UserActions {
    private static final String PATH = "/";

    private final Users users;
    private final RequestedUser requested;

    UserActions(Users users, RequestedUser requested) {
        this.users = users;
        this.requested = requested;
    }

    @Action(supports = "UserName")
    GetUserResponse getUser(Caller caller, GetUserRequest request) {
        var user = requested.find(caller, request.userName(), Access.READ);
        return GetUserResponse.builder().user(form(user)).build();
    }

    @Action(
            supports = {"MaxItems", "Marker"},
            accepts = "PathPrefix=" + PATH)
    ListUsersResponse listUsers(Caller caller, ListUsersRequest request) {
        var page = users.list(caller.account(), Pages.of(request.maxItems(), request.marker()));
        return ListUsersResponse.builder()
                .users(page.items().stream().map(UserActions::form).toList())
                .isTruncated(page.nextToken() != null)
                .marker(page.nextToken())
                .build();
    }

    private static User form(io.croft.controller.identity.User user) {
        return User.builder()
                .path(PATH)
                .userName(user.name())
                .userId(user.id())
                .arn(user.arn())
                .createDate(user.created())
                .build();
    }
}
