package io.croft.controller.iamapi;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.identity.Access;
import io.croft.controller.identity.AccessKeySummary;
import io.croft.controller.identity.AccessKeyUse;
import io.croft.controller.identity.AccessKeys;
import io.croft.controller.identity.RequestedUser;
import io.croft.controller.identity.User;
import io.croft.types.ErrorCode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedRequest;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedResponse;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyResponse;

/** The access keys of users: everybody's own, and an administrator's to look after for everybody. */
@ActionGroup(service = IamService.NAME)
class AccessKeyActions {
    /** Stands for the service and region of a key that was never used. */
    private static final String NEVER = "N/A";

    private final AccessKeys keys;
    private final RequestedUser requested;

    AccessKeyActions(AccessKeys keys, RequestedUser requested) {
        this.keys = keys;
        this.requested = requested;
    }

    @Action(
            supports = {"UserName", "MaxItems", "Marker"},
            ownCredentials = true)
    ListAccessKeysResponse listAccessKeys(Caller caller, ListAccessKeysRequest request) {
        var user = user(caller, request.userName());
        var page = keys.list(user.account(), user.name(), Pages.of(request.maxItems(), request.marker()));
        return ListAccessKeysResponse.builder()
                .accessKeyMetadata(
                        page.items().stream().map(AccessKeyActions::form).toList())
                .isTruncated(page.nextToken() != null)
                .marker(page.nextToken())
                .build();
    }

    @Action(supports = "AccessKeyId", ownCredentials = true)
    GetAccessKeyLastUsedResponse getAccessKeyLastUsed(Caller caller, GetAccessKeyLastUsedRequest request) {
        var key = keys.require(caller.account(), Given.value(request.accessKeyId(), "AccessKeyId"));
        user(caller, key.user());
        var use = keys.lastUse(key.account(), key.id());
        return GetAccessKeyLastUsedResponse.builder()
                .userName(key.user())
                .accessKeyLastUsed(
                        u -> u.lastUsedDate(use.map(AccessKeyUse::used).orElse(null))
                                .serviceName(use.map(AccessKeyUse::service).orElse(NEVER))
                                .region(use.map(AccessKeyUse::region).orElse(NEVER)))
                .build();
    }

    @Action(supports = "UserName", ownCredentials = true)
    CreateAccessKeyResponse createAccessKey(Caller caller, CreateAccessKeyRequest request) {
        var user = user(caller, request.userName());
        var key = keys.create(user.account(), user.name());
        return CreateAccessKeyResponse.builder()
                .accessKey(k -> k.userName(user.name())
                        .accessKeyId(key.id())
                        .secretAccessKey(key.secret())
                        .status(StatusType.ACTIVE)
                        .createDate(key.created()))
                .build();
    }

    @Action(
            supports = {"UserName", "AccessKeyId", "Status"},
            ownCredentials = true)
    UpdateAccessKeyResponse updateAccessKey(Caller caller, UpdateAccessKeyRequest request) {
        var key = key(caller, request.userName(), request.accessKeyId());
        keys.setActive(key.account(), key.id(), active(Given.value(request.statusAsString(), "Status")));
        return UpdateAccessKeyResponse.builder().build();
    }

    @Action(
            supports = {"UserName", "AccessKeyId"},
            ownCredentials = true)
    DeleteAccessKeyResponse deleteAccessKey(Caller caller, DeleteAccessKeyRequest request) {
        var key = key(caller, request.userName(), request.accessKeyId());
        keys.delete(key.account(), key.id());
        return DeleteAccessKeyResponse.builder().build();
    }

    private User user(Caller caller, @Nullable String name) {
        return requested.find(caller, name, Access.WRITE);
    }

    private AccessKeySummary key(Caller caller, @Nullable String user, @Nullable String id) {
        var named = Given.value(id, "AccessKeyId");
        var holder = user(caller, user);
        return keys.held(holder.account(), holder.name(), named);
    }

    private static boolean active(String status) {
        return switch (status) {
            case "Active" -> true;
            case "Inactive" -> false;
            default ->
                throw new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "Value '" + status + "' at 'status' failed to satisfy constraint: Active or Inactive");
        };
    }

    private static AccessKeyMetadata form(AccessKeySummary key) {
        return AccessKeyMetadata.builder()
                .userName(key.user())
                .accessKeyId(key.id())
                .status(key.active() ? StatusType.ACTIVE : StatusType.INACTIVE)
                .createDate(key.created())
                .build();
    }
}
