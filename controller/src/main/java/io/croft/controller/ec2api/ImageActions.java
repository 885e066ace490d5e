package io.croft.controller.ec2api;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.identity.Account;
import io.croft.controller.image.ImageQuery;
import io.croft.controller.image.ImageRegistration;
import io.croft.controller.image.Images;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.ResourceType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageResponse;

/** The actions on images. */
@ActionGroup(service = Ec2Service.NAME)
class ImageActions {
    private static final String DEFAULT_ARCHITECTURE = "x86_64";
    private static final String DEFAULT_ROOT_DEVICE = "/dev/xvda";

    private final Images images;

    ImageActions(Images images) {
        this.images = images;
    }

    @Action(
            supports = {
                "ImageLocation",
                "Name",
                "Description",
                "Architecture",
                "BootMode",
                "RootDeviceName",
                "TagSpecification.*"
            },
            accepts = {"VirtualizationType=hvm", "EnaSupport=true", "EnaSupport=false"})
    RegisterImageResponse registerImage(Caller caller, RegisterImageRequest request) {
        var image = images.register(
                caller,
                new ImageRegistration(
                        Given.value(request.name(), "Name"),
                        Objects.requireNonNullElse(request.description(), ""),
                        blob(Given.value(request.imageLocation(), "ImageLocation")),
                        architecture(request.architectureAsString()),
                        bootMode(request.bootModeAsString()),
                        Objects.requireNonNullElse(request.rootDeviceName(), DEFAULT_ROOT_DEVICE),
                        TagForm.specified(request.tagSpecifications(), ResourceType.IMAGE)));
        return RegisterImageResponse.builder().imageId(image.id().value()).build();
    }

    @Action(supports = "ImageId", accepts = "DeleteAssociatedSnapshots=false")
    DeregisterImageResponse deregisterImage(Caller caller, DeregisterImageRequest request) {
        images.deregister(caller, new ImageId(Given.value(request.imageId(), "ImageId")));
        return DeregisterImageResponse.builder().returnValue(true).build();
    }

    @Action(
            supports = {"ImageId", "Owner", "Filter.*", "MaxResults", "NextToken"},
            accepts = {
                "IncludeDeprecated=true",
                "IncludeDeprecated=false",
                "IncludeDisabled=true",
                "IncludeDisabled=false"
            })
    DescribeImagesResponse describeImages(Caller caller, DescribeImagesRequest request) {
        var query = Queries.of(request.imageIds(), request.filters(), request.maxResults(), request.nextToken());
        var owners = request.owners().stream().map(o -> owner(caller, o)).toList();
        var page = images.describe(caller, new ImageQuery(query, owners));
        return DescribeImagesResponse.builder()
                .images(page.items().stream().map(ImageForm::write).toList())
                .nextToken(page.nextToken())
                .build();
    }

    /** The account that a word or number means; the deployment's own images stand where Amazon's would. */
    private static AccountId owner(Caller caller, String owner) {
        return switch (owner) {
            case "self" -> caller.account();
            case ImageForm.DEPLOYMENT_ALIAS -> Account.DEPLOYMENT;
            default -> {
                try {
                    yield new AccountId(owner);
                } catch (IllegalArgumentException e) {
                    throw Given.invalid("Owner", owner);
                }
            }
        };
    }

    private static Digest blob(String location) {
        try {
            return Digest.parse(location);
        } catch (IllegalArgumentException e) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Invalid value '" + location + "' for ImageLocation: it must be sha256: and 64 hex digits",
                    "",
                    e);
        }
    }

    private static String architecture(@Nullable String name) {
        return switch (name) {
            case null -> DEFAULT_ARCHITECTURE;
            case DEFAULT_ARCHITECTURE, "arm64" -> name;
            default -> throw Given.invalid("Architecture", name);
        };
    }

    private static BootMode bootMode(@Nullable String name) {
        return switch (name) {
            case null -> BootMode.BIOS;
            case "legacy-bios" -> BootMode.BIOS;
            case "uefi" -> BootMode.UEFI;
            default -> throw Given.invalid("BootMode", name);
        };
    }
}
