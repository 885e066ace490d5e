package io.croft.controller.image;

import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.NounFixture;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Images in the tests of all nouns. */
public final class ImageFixture implements NounFixture {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        var image = tenant.image("owned");
        var shown = tenant.ec2.describeImages(r -> r.imageIds(image)).images().getFirst();
        return Map.of("image", image, "blob", shown.imageLocation());
    }

    @Override
    public String actions() {
        return """
                RegisterImage          | Name=mine&ImageLocation={blob}                       | InvalidManifest
                DeregisterImage        | ImageId={image}                                      | InvalidAMIID.NotFound
                DescribeImages         | ImageId.1={image}                                    | InvalidAMIID.NotFound
                DescribeImageAttribute | ImageId={image}&Attribute=description                | InvalidAMIID.NotFound
                ModifyImageAttribute   | ImageId={image}&LaunchPermission.Add.1.Group=all     | InvalidAMIID.NotFound
                ResetImageAttribute    | ImageId={image}&Attribute=launchPermission           | InvalidAMIID.NotFound
                CreateImage            | InstanceId={instance}&Name=mine                      | InvalidInstanceID.NotFound
                CopyImage              | SourceImageId={image}&SourceRegion=us-east-1&Name=mine | InvalidAMIID.NotFound
                """;
    }

    @Override
    public String refusals() {
        return """
                DescribeImages | ImageId.1=                                  | InvalidAMIID.Malformed
                DescribeImages | Owner.1=                                    | InvalidParameterValue
                RunInstances   | ImageId=resolve:ssm:/a&MinCount=1&MaxCount=1 | UnsupportedOperation
                """;
    }

    @Override
    public String filters() {
        return """
                DescribeImages: architecture block-device-mapping.delete-on-termination
                    block-device-mapping.device-name block-device-mapping.encrypted block-device-mapping.snapshot-id
                    block-device-mapping.volume-size block-device-mapping.volume-type creation-date description
                    ena-support free-tier-eligible hypervisor image-allowed image-id image-type is-public kernel-id
                    manifest-location name owner-alias owner-id platform product-code product-code.type ramdisk-id
                    root-device-name root-device-type source-image-region source-instance-id sriov-net-support state
                    state-reason-code state-reason-message tag-key tag:Name virtualization-type
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/images
                POST /v1/images
                GET /v1/images/{id}
                POST /v1/images/from-snapshots | {"name":"mine","volumes":[{"device":"/dev/xvda","snapshotId":"snap-0123456789abcdef0"}]} | | 400
                POST /v1/images/of-instance | {"instanceId":"i-0123456789abcdef0","name":"mine"} | | 400
                PATCH /v1/images/{id} | {"description":"another"}
                DELETE /v1/images/{id}
                POST /v1/images/{id}/copy | {"name":"copied"}
                GET /v1/images/{id}/launch-permissions
                PUT /v1/images/{id}/launch-permissions | {"everyone":true,"accounts":[]}
                """;
    }
}
