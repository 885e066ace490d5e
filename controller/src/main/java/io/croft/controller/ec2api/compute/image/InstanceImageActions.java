package io.croft.controller.ec2api.compute.image;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.image.CreateImage;
import io.croft.controller.compute.image.InstanceImageRequest;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.blockstorage.volume.BlockDeviceReader;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import io.croft.types.ResourceType;
import java.util.Objects;
import software.amazon.awssdk.services.ec2.model.CreateImageRequest;
import software.amazon.awssdk.services.ec2.model.CreateImageResponse;

/** The action that makes images of instances. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {@BadValue(of = "CreateImage.Name", is = ErrorCode.IMAGE_NAME_MALFORMED)})
class InstanceImageActions {
    private final CreateImage images;

    InstanceImageActions(CreateImage images) {
        this.images = images;
    }

    @Action(
            supports = {"InstanceId", "Name", "Description", "NoReboot", "TagSpecification.*"},
            readers = BlockDeviceReader.class,
            accepts = {"BlockDeviceMapping.Ebs.Encrypted=false", "SnapshotLocation=regional"},
            keepsEmpty = BlockDeviceReader.NO_DEVICE)
    CreateImageResponse createImage(Caller caller, CreateImageRequest request) {
        var tags = TagForm.specifications(request.tagSpecifications(), ResourceType.IMAGE, ResourceType.SNAPSHOT);
        var image = images.create(
                caller,
                new InstanceImageRequest(
                        new InstanceId(Given.value(request.instanceId(), "InstanceId")),
                        Given.value(request.name(), "Name"),
                        Objects.requireNonNullElse(request.description(), ""),
                        !Boolean.TRUE.equals(request.noReboot()),
                        BlockDeviceReader.read(request.blockDeviceMappings()),
                        TagSpecification.tagsOf(ResourceType.IMAGE, tags),
                        TagSpecification.tagsOf(ResourceType.SNAPSHOT, tags)));
        return CreateImageResponse.builder().imageId(image.value()).build();
    }
}
