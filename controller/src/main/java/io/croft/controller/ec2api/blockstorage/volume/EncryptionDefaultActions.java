package io.croft.controller.ec2api.blockstorage.volume;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.types.ErrorCode;
import software.amazon.awssdk.services.ec2.model.DisableEbsEncryptionByDefaultRequest;
import software.amazon.awssdk.services.ec2.model.DisableEbsEncryptionByDefaultResponse;
import software.amazon.awssdk.services.ec2.model.EnableEbsEncryptionByDefaultRequest;
import software.amazon.awssdk.services.ec2.model.EnableEbsEncryptionByDefaultResponse;
import software.amazon.awssdk.services.ec2.model.GetEbsDefaultKmsKeyIdRequest;
import software.amazon.awssdk.services.ec2.model.GetEbsDefaultKmsKeyIdResponse;
import software.amazon.awssdk.services.ec2.model.GetEbsEncryptionByDefaultRequest;
import software.amazon.awssdk.services.ec2.model.GetEbsEncryptionByDefaultResponse;

/** The actions on whether new volumes are encrypted unasked. No volume is encrypted here, so that cannot be turned on. */
@ActionGroup(service = Ec2Service.NAME)
class EncryptionDefaultActions {
    /** The name that EC2 gives to the key of an account that has chosen none. */
    private static final String KEY = "alias/aws/ebs";

    @Action
    GetEbsEncryptionByDefaultResponse getEbsEncryptionByDefault(
            Caller caller, GetEbsEncryptionByDefaultRequest request) {
        return GetEbsEncryptionByDefaultResponse.builder()
                .ebsEncryptionByDefault(false)
                .build();
    }

    /** @throws CloudException UnsupportedOperation */
    @Action
    EnableEbsEncryptionByDefaultResponse enableEbsEncryptionByDefault(
            Caller caller, EnableEbsEncryptionByDefaultRequest request) {
        throw new CloudException(
                ErrorCode.UNSUPPORTED_OPERATION, "Volumes are not encrypted here, so they cannot be by default");
    }

    @Action
    DisableEbsEncryptionByDefaultResponse disableEbsEncryptionByDefault(
            Caller caller, DisableEbsEncryptionByDefaultRequest request) {
        return DisableEbsEncryptionByDefaultResponse.builder()
                .ebsEncryptionByDefault(false)
                .build();
    }

    @Action
    GetEbsDefaultKmsKeyIdResponse getEbsDefaultKmsKeyId(Caller caller, GetEbsDefaultKmsKeyIdRequest request) {
        return GetEbsDefaultKmsKeyIdResponse.builder().kmsKeyId(KEY).build();
    }
}
