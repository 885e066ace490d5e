package io.croft.controller.ec2api.image;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.blockstorage.snapshot.Snapshots.Deletion;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.controller.ec2api.blockstorage.volume.BlockDeviceReader;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.identity.Account;
import io.croft.controller.image.CopyImage;
import io.croft.controller.image.ImageCopy;
import io.croft.controller.image.ImageOptions;
import io.croft.controller.image.ImageQuery;
import io.croft.controller.image.ImageRegistration;
import io.croft.controller.image.ImageRemoval;
import io.croft.controller.image.Images;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.ResourceType;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CopyImageRequest;
import software.amazon.awssdk.services.ec2.model.CopyImageResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotReturnCode;
import software.amazon.awssdk.services.ec2.model.DeregisterImageRequest;
import software.amazon.awssdk.services.ec2.model.DeregisterImageResponse;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ec2.model.RegisterImageRequest;
import software.amazon.awssdk.services.ec2.model.RegisterImageResponse;

/** The actions on images. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {
            @BadValue(
                    of = {"CopyImage.Name", "RegisterImage.Name"},
                    is = ErrorCode.IMAGE_NAME_MALFORMED)
        })
class ImageActions {
    private static final String DEFAULT_ARCHITECTURE = "x86_64";

    /** EC2's words for owners whose images it sells or keeps apart; there are none of theirs here. */
    private static final Set<String> OTHER_SELLERS = Set.of("aws-backup-vault", "aws-marketplace");

    private static final String DEFAULT_ROOT_DEVICE = "/dev/xvda";

    private final Images images;
    private final CopyImage copies;
    private final ImageRemoval removal;
    private final AvailabilityZones zones;

    ImageActions(Images images, CopyImage copies, ImageRemoval removal, AvailabilityZones zones) {
        this.images = images;
        this.copies = copies;
        this.removal = removal;
        this.zones = zones;
    }

    @Action(
            supports = {
                "ImageLocation",
                "Name",
                "Description",
                "Architecture",
                "BootMode",
                "RootDeviceName",
                "EnaSupport",
                "SriovNetSupport",
                "TagSpecification.*"
            },
            readers = BlockDeviceReader.class,
            accepts = {"VirtualizationType=hvm", "BlockDeviceMapping.Ebs.Encrypted=false"},
            keepsEmpty = BlockDeviceReader.NO_DEVICE)
    RegisterImageResponse registerImage(Caller caller, RegisterImageRequest request) {
        var disks = BlockDeviceReader.read(request.blockDeviceMappings());
        var image = images.register(
                caller,
                new ImageRegistration(
                        Given.value(request.name(), "Name"),
                        Objects.requireNonNullElse(request.description(), ""),
                        request.imageLocation() == null ? null : blob(request.imageLocation()),
                        architecture(request.architectureAsString()),
                        bootMode(request),
                        rootDevice(request.rootDeviceName(), disks),
                        TagForm.specified(request.tagSpecifications(), ResourceType.IMAGE),
                        new ImageOptions(
                                disks, Boolean.TRUE.equals(request.enaSupport()), request.sriovNetSupport(), false)));
        return RegisterImageResponse.builder().imageId(image.id().value()).build();
    }

    /** That which the mappings have for the first disk, if the request does not say it. */
    private static String rootDevice(@Nullable String asked, List<DiskRequest> disks) {
        return asked != null
                ? asked
                : disks.stream()
                        .filter(d -> d.isOf(DEFAULT_ROOT_DEVICE))
                        .flatMap(d -> Stream.ofNullable(d.deviceName()))
                        .findFirst()
                        .orElse(DEFAULT_ROOT_DEVICE);
    }

    @Action(
            supports = {
                "ClientToken",
                "SourceImageId",
                "SourceRegion",
                "Name",
                "Description",
                "CopyImageTags",
                "TagSpecification.*"
            },
            accepts = "Encrypted=false")
    CopyImageResponse copyImage(Caller caller, CopyImageRequest request) {
        var region = Given.value(request.sourceRegion(), "SourceRegion");
        if (!region.equals(zones.region())) {
            throw Given.invalid("SourceRegion", region);
        }
        var copy = copies.copy(
                caller,
                new ImageCopy(
                        new ImageId(Given.value(request.sourceImageId(), "SourceImageId")),
                        Given.value(request.name(), "Name"),
                        request.description(),
                        Boolean.TRUE.equals(request.copyImageTags()),
                        TagForm.specified(request.tagSpecifications(), ResourceType.IMAGE),
                        request.clientToken()));
        return CopyImageResponse.builder().imageId(copy.value()).build();
    }

    @Action(supports = {"ImageId", "DeleteAssociatedSnapshots"})
    DeregisterImageResponse deregisterImage(Caller caller, DeregisterImageRequest request) {
        var id = new ImageId(Given.value(request.imageId(), "ImageId"));
        var answer = DeregisterImageResponse.builder().returnValue(true);
        if (!Boolean.TRUE.equals(request.deleteAssociatedSnapshots())) {
            images.deregister(caller, id);
            return answer.build();
        }
        return answer.deleteSnapshotResults(removal.deregister(caller, id).entrySet().stream()
                        .map(e -> DeleteSnapshotReturnCode.builder()
                                .snapshotId(e.getKey().value())
                                .returnCode(code(e.getValue()))
                                .build())
                        .toList())
                .build();
    }

    private static String code(Deletion outcome) {
        return switch (outcome) {
            case DELETED -> "success";
            case USED, GONE -> "skipped";
        };
    }

    @Action(
            supports = {"ImageId", "Owner", "ExecutableBy", "Filter.*", "MaxResults", "NextToken"},
            accepts = {
                "IncludeDeprecated=true",
                "IncludeDeprecated=false",
                "IncludeDisabled=true",
                "IncludeDisabled=false"
            })
    DescribeImagesResponse describeImages(Caller caller, DescribeImagesRequest request) {
        var query = Queries.of(request.imageIds(), request.filters(), request.maxResults(), request.nextToken());
        var owners = request.owners().stream()
                .filter(o -> !OTHER_SELLERS.contains(o))
                .map(o -> owner(caller, o))
                .toList();
        var executableBy = request.executableUsers().stream()
                .map(u -> u.equals(ImageQuery.EVERYONE)
                        ? u
                        : account(caller, u, "ExecutableBy").value())
                .toList();
        if (owners.isEmpty() && !request.owners().isEmpty()) {
            return nothing(caller, query);
        }
        var page = images.describe(caller, new ImageQuery(query, owners, executableBy));
        return DescribeImagesResponse.builder()
                .images(page.items().stream()
                        .map(i -> ImageForm.write(i, zones.region()))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    /** No image is of those owners; what else is asked has to be right all the same. */
    private DescribeImagesResponse nothing(Caller caller, Query query) {
        images.describe(caller, new ImageQuery(query, List.of(), List.of()));
        return DescribeImagesResponse.builder().images(List.of()).build();
    }

    /** The account that a word or number means; the deployment's own images stand where Amazon's would. */
    private static AccountId owner(Caller caller, String owner) {
        return owner.equals(ImageForm.DEPLOYMENT_ALIAS) ? Account.DEPLOYMENT : account(caller, owner, "Owner");
    }

    private static AccountId account(Caller caller, String name, String parameter) {
        if (name.equals("self")) {
            return caller.account();
        }
        try {
            return new AccountId(name);
        } catch (IllegalArgumentException e) {
            throw Given.invalid(parameter, name);
        }
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
            case DEFAULT_ARCHITECTURE, "arm64", "i386" -> name;
            default -> throw Given.invalid("Architecture", name);
        };
    }

    private static BootMode bootMode(RegisterImageRequest request) {
        var name = request.bootModeAsString();
        return switch (name) {
            case null -> ImageRegistration.bootModeOf(architecture(request.architectureAsString()));
            case "legacy-bios" -> BootMode.BIOS;
            case "uefi" -> BootMode.UEFI;
            default -> throw Given.invalid("BootMode", name);
        };
    }
}
