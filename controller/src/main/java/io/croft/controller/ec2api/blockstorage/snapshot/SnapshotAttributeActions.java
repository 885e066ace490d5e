package io.croft.controller.ec2api.blockstorage.snapshot;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.blockstorage.snapshot.SnapshotReaders;
import io.croft.controller.blockstorage.snapshot.SnapshotSharing;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.SnapshotId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySnapshotAttributeResponse;
import software.amazon.awssdk.services.ec2.model.PermissionGroup;
import software.amazon.awssdk.services.ec2.model.ResetSnapshotAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ResetSnapshotAttributeResponse;

/** The actions on one attribute of a snapshot, which are its owner's alone. */
@ActionGroup(service = Ec2Service.NAME)
class SnapshotAttributeActions {
    private static final String PERMISSION = "createVolumePermission";
    private static final String ALL = "all";

    private final Snapshots snapshots;
    private final SnapshotSharing sharing;

    SnapshotAttributeActions(Snapshots snapshots, SnapshotSharing sharing) {
        this.snapshots = snapshots;
        this.sharing = sharing;
    }

    @Action(supports = {"SnapshotId", "Attribute"})
    DescribeSnapshotAttributeResponse describeSnapshotAttribute(
            Caller caller, DescribeSnapshotAttributeRequest request) {
        var id = id(request.snapshotId());
        var attribute = Given.value(request.attributeAsString(), "Attribute");
        snapshots.require(caller, id);
        var answer = DescribeSnapshotAttributeResponse.builder().snapshotId(id.value());
        return switch (attribute) {
            case PERMISSION ->
                answer.createVolumePermissions(written(sharing.of(caller, id))).build();
            case "productCodes" -> answer.productCodes(List.of()).build();
            default -> throw Given.invalid("Attribute", attribute);
        };
    }

    /** Everybody first, then the accounts in order. */
    private static List<CreateVolumePermission> written(SnapshotReaders readers) {
        var everyone = Stream.of(CreateVolumePermission.builder()
                        .group(PermissionGroup.ALL)
                        .build())
                .filter(_ -> readers.everyone());
        var accounts = readers.accounts().stream()
                .map(AccountId::value)
                .sorted()
                .map(a -> CreateVolumePermission.builder().userId(a).build());
        return Stream.concat(everyone, accounts).toList();
    }

    @Action(
            supports = {
                "SnapshotId",
                "Attribute",
                "CreateVolumePermission.Add.UserId",
                "CreateVolumePermission.Add.Group",
                "CreateVolumePermission.Remove.UserId",
                "CreateVolumePermission.Remove.Group",
                "OperationType",
                "UserId",
                "UserGroup"
            })
    ModifySnapshotAttributeResponse modifySnapshotAttribute(Caller caller, ModifySnapshotAttributeRequest request) {
        var id = id(request.snapshotId());
        if (request.attribute() != null) {
            requirePermission(request.attributeAsString());
        }
        var change = change(request);
        sharing.change(caller, id, change.given(), change.taken());
        return ModifySnapshotAttributeResponse.builder().build();
    }

    private record Change(SnapshotReaders given, SnapshotReaders taken) {}

    /** Whichever of EC2's two forms it has, but not both. */
    private static Change change(ModifySnapshotAttributeRequest request) {
        var structure = request.createVolumePermission();
        var flat = request.operationType() != null
                || !request.userIds().isEmpty()
                || !request.groupNames().isEmpty();
        if (structure != null) {
            if (flat) {
                throw new CloudException(
                        ErrorCode.INVALID_PARAMETER_COMBINATION,
                        "CreateVolumePermission cannot be used with OperationType, UserId or UserGroup");
            }
            return new Change(read(structure.add()), read(structure.remove()));
        }
        var operation = Given.value(request.operationTypeAsString(), "OperationType");
        if (request.userIds().isEmpty() && request.groupNames().isEmpty()) {
            throw Given.missing("UserId");
        }
        var all = read(Stream.concat(
                        request.userIds().stream()
                                .map(u -> CreateVolumePermission.builder()
                                        .userId(u)
                                        .build()),
                        request.groupNames().stream()
                                .map(g -> CreateVolumePermission.builder()
                                        .group(g)
                                        .build()))
                .toList());
        return switch (operation) {
            case "add" -> new Change(all, SnapshotReaders.NONE);
            case "remove" -> new Change(SnapshotReaders.NONE, all);
            default -> throw Given.invalid("OperationType", operation);
        };
    }

    private static SnapshotReaders read(List<CreateVolumePermission> permissions) {
        for (var permission : permissions) {
            var group = permission.groupAsString();
            if (group == null && permission.userId() == null) {
                throw Given.missing("CreateVolumePermission.UserId");
            }
            if (group != null && !group.equals(ALL)) {
                throw Given.invalid("UserGroup", group);
            }
        }
        return new SnapshotReaders(
                permissions.stream().anyMatch(p -> p.groupAsString() != null),
                permissions.stream()
                        .filter(p -> p.userId() != null)
                        .map(p -> account(p.userId()))
                        .collect(Collectors.toSet()));
    }

    private static AccountId account(String id) {
        try {
            return new AccountId(id);
        } catch (IllegalArgumentException e) {
            throw Given.invalid("UserId", id);
        }
    }

    @Action(supports = {"SnapshotId", "Attribute"})
    ResetSnapshotAttributeResponse resetSnapshotAttribute(Caller caller, ResetSnapshotAttributeRequest request) {
        var id = id(request.snapshotId());
        requirePermission(Given.value(request.attributeAsString(), "Attribute"));
        sharing.reset(caller, id);
        return ResetSnapshotAttributeResponse.builder().build();
    }

    private static void requirePermission(String attribute) {
        if (!attribute.equals(PERMISSION)) {
            throw Given.invalid("Attribute", attribute);
        }
    }

    private static SnapshotId id(@Nullable String id) {
        return new SnapshotId(Given.value(id, "SnapshotId"));
    }
}
