package io.croft.controller.ec2api.image;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.image.ImageSharing;
import io.croft.controller.image.ImageView;
import io.croft.controller.image.Images;
import io.croft.controller.image.LaunchPermissions;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyImageAttributeResponse;
import software.amazon.awssdk.services.ec2.model.PermissionGroup;
import software.amazon.awssdk.services.ec2.model.ResetImageAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ResetImageAttributeResponse;

/** The actions on one attribute of an image, which are its owner's alone. */
@ActionGroup(service = Ec2Service.NAME)
class ImageAttributeActions {
    private static final String LAUNCH_PERMISSION = "launchPermission";
    private static final String DESCRIPTION = "description";
    private static final String ALL = "all";
    private static final AttributeValue NONE = AttributeValue.builder().build();

    private final Images images;
    private final ImageSharing sharing;

    ImageAttributeActions(Images images, ImageSharing sharing) {
        this.images = images;
        this.sharing = sharing;
    }

    @Action(supports = {"ImageId", "Attribute"})
    DescribeImageAttributeResponse describeImageAttribute(Caller caller, DescribeImageAttributeRequest request) {
        var id = new ImageId(Given.value(request.imageId(), "ImageId"));
        var attribute = Given.value(request.attributeAsString(), "Attribute");
        var image = images.owned(caller, id);
        var answer = DescribeImageAttributeResponse.builder().imageId(id.value());
        return switch (attribute) {
            case LAUNCH_PERMISSION ->
                answer.launchPermissions(permissions(sharing.of(caller, id))).build();
            case DESCRIPTION -> answer.description(text(image.description())).build();
            case "bootMode" ->
                answer.bootMode(text(ImageForm.bootMode(image.bootMode()))).build();
            case "blockDeviceMapping" ->
                answer.blockDeviceMappings(ImageForm.disks(image)).build();
            case "sriovNetSupport" -> answer.sriovNetSupport(sriov(image)).build();
            case "productCodes" -> answer.productCodes(List.of()).build();
            case "kernel" -> answer.kernelId(NONE).build();
            case "ramdisk" -> answer.ramdiskId(NONE).build();
            case "tpmSupport" -> answer.tpmSupport(NONE).build();
            case "imdsSupport" -> answer.imdsSupport(NONE).build();
            case "deregistrationProtection" ->
                answer.deregistrationProtection(text("disabled")).build();
            default -> throw refused(attribute);
        };
    }

    private static CloudException refused(String attribute) {
        return ImageAttributeName.fromValue(attribute) == ImageAttributeName.UNKNOWN_TO_SDK_VERSION
                ? Given.invalid("Attribute", attribute)
                : Given.unsupported("Attribute", attribute);
    }

    /** Everybody first, then the accounts in order. */
    private static List<LaunchPermission> permissions(LaunchPermissions permissions) {
        var everyone = LaunchPermission.builder().group(PermissionGroup.ALL).build();
        var accounts = permissions.accounts().stream()
                .map(AccountId::value)
                .sorted()
                .map(a -> LaunchPermission.builder().userId(a).build());
        return permissions.everyone()
                ? Stream.concat(Stream.of(everyone), accounts).toList()
                : accounts.toList();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.builder().value(value).build();
    }

    private static @Nullable AttributeValue sriov(ImageView image) {
        var support = image.sriovNetSupport();
        return support == null ? null : text(support);
    }

    @Action(
            supports = {
                "ImageId",
                "Attribute",
                "Value",
                "Description.Value",
                "LaunchPermission.Add.UserId",
                "LaunchPermission.Add.Group",
                "LaunchPermission.Remove.UserId",
                "LaunchPermission.Remove.Group",
                "OperationType",
                "UserId",
                "UserGroup"
            },
            keepsEmpty = {"Value", "Description.Value"})
    ModifyImageAttributeResponse modifyImageAttribute(Caller caller, ModifyImageAttributeRequest request) {
        var id = new ImageId(Given.value(request.imageId(), "ImageId"));
        switch (attribute(request)) {
            case LAUNCH_PERMISSION -> {
                requireNone("Value", request.value());
                var change = change(request);
                sharing.change(caller, id, change.given(), change.taken());
            }
            case DESCRIPTION -> images.setDescription(caller, id, description(request));
            case String other -> throw refused(other);
        }
        return ModifyImageAttributeResponse.builder().build();
    }

    /** The one attribute that the request is about, whichever of EC2's two forms it has. */
    private static String attribute(ModifyImageAttributeRequest request) {
        var named = new ArrayList<String>();
        if (request.attribute() != null) {
            named.add(request.attribute());
        }
        if (request.launchPermission() != null || request.operationType() != null) {
            named.add(LAUNCH_PERMISSION);
        }
        if (request.description() != null) {
            named.add(DESCRIPTION);
        }
        var different = named.stream().distinct().toList();
        if (different.isEmpty()) {
            throw Given.missing("Attribute");
        }
        if (different.size() > 1) {
            throw combination("Only one attribute can be modified at a time: " + String.join(", ", different));
        }
        return different.getFirst();
    }

    private static String description(ModifyImageAttributeRequest request) {
        if (!request.userIds().isEmpty() || !request.userGroups().isEmpty()) {
            throw combination("UserId and UserGroup go with the attribute launchPermission");
        }
        if (request.description() == null) {
            return Given.value(request.value(), "Value");
        }
        requireNone("Value", request.value());
        return Given.value(request.description().value(), "Description.Value");
    }

    private record Change(LaunchPermissions given, LaunchPermissions taken) {}

    private static Change change(ModifyImageAttributeRequest request) {
        var structure = request.launchPermission();
        if (structure != null) {
            requireNone("OperationType", request.operationTypeAsString());
            if (!request.userIds().isEmpty() || !request.userGroups().isEmpty()) {
                throw combination("LaunchPermission cannot be used with UserId or UserGroup");
            }
            return new Change(permissions(structure.add()), permissions(structure.remove()));
        }
        var all = flat(request);
        var operation = Given.value(request.operationTypeAsString(), "OperationType");
        return switch (operation) {
            case "add" -> new Change(all, LaunchPermissions.NONE);
            case "remove" -> new Change(LaunchPermissions.NONE, all);
            default -> throw Given.invalid("OperationType", operation);
        };
    }

    private static LaunchPermissions flat(ModifyImageAttributeRequest request) {
        if (request.userIds().isEmpty() && request.userGroups().isEmpty()) {
            throw Given.missing("UserId");
        }
        return permissions(Stream.concat(
                        request.userIds().stream()
                                .map(u -> LaunchPermission.builder().userId(u).build()),
                        request.userGroups().stream()
                                .map(g -> LaunchPermission.builder().group(g).build()))
                .toList());
    }

    private static LaunchPermissions permissions(List<LaunchPermission> permissions) {
        for (var permission : permissions) {
            var group = permission.groupAsString();
            if (group == null && permission.userId() == null) {
                throw Given.missing("LaunchPermission.UserId");
            }
            if (group != null && !group.equals(ALL)) {
                throw item(group, "userGroup");
            }
        }
        return new LaunchPermissions(
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
            throw item(id, "userId");
        }
    }

    private static CloudException item(String value, String type) {
        return new CloudException(
                ErrorCode.IMAGE_ATTRIBUTE_ITEM_VALUE,
                "Invalid attribute item value \"" + value + "\" for " + type + " item type.");
    }

    private static void requireNone(String name, @Nullable String value) {
        if (value != null) {
            throw combination("The parameter " + name + " does not go with the others of the request");
        }
    }

    private static CloudException combination(String message) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_COMBINATION, message);
    }

    @Action(supports = {"ImageId", "Attribute"})
    ResetImageAttributeResponse resetImageAttribute(Caller caller, ResetImageAttributeRequest request) {
        var id = new ImageId(Given.value(request.imageId(), "ImageId"));
        var attribute = Given.value(request.attributeAsString(), "Attribute");
        if (!attribute.equals(LAUNCH_PERMISSION)) {
            throw refused(attribute);
        }
        sharing.reset(caller, id);
        return ResetImageAttributeResponse.builder().build();
    }
}
