package io.croft.controller.network.eni;

import io.croft.controller.context.CloudException;
import io.croft.controller.network.securitygroup.GroupName;
import io.croft.types.AccountId;
import io.croft.types.ElasticIpAssociationId;
import io.croft.types.ElasticIpId;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import io.croft.types.InterfaceAttachmentId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network interface.
 *
 * @param mac as {@code 02:ab:cd:ef:01:23}
 * @param privateAddress its primary IPv4 address
 * @param privateDnsName {@code ip-172-31-0-5.ec2.internal}
 * @param publicAddress null when it has none; one that is not elastic belongs to the deployment (ipOwnerId {@code amazon}) and goes with the stop
 * @param elastic which elastic address that is; null when it is none
 * @param wantsPublicAddress whether each start gives it one, as its launch or its subnet said when it was made
 * @param publicDnsName {@code ec2-198-18-0-5.compute.croft.internal}; empty when it has no such address or its VPC names none
 */
public record NetworkInterfaceView(
        NetworkInterfaceId id,
        AccountId owner,
        VpcId vpc,
        SubnetId subnet,
        String zone,
        String description,
        String mac,
        String privateAddress,
        String privateDnsName,
        @Nullable String publicAddress,
        @Nullable Elastic elastic,
        boolean wantsPublicAddress,
        String publicDnsName,
        boolean sourceDestCheck,
        Status status,
        @Nullable Attachment attachment,
        List<GroupName> groups,
        Map<String, String> tags) {
    public NetworkInterfaceView {
        groups = List.copyOf(groups);
    }

    /** The same with these tags. */
    public NetworkInterfaceView tagged(Map<String, String> given) {
        return new NetworkInterfaceView(
                id,
                owner,
                vpc,
                subnet,
                zone,
                description,
                mac,
                privateAddress,
                privateDnsName,
                publicAddress,
                elastic,
                wantsPublicAddress,
                publicDnsName,
                sourceDestCheck,
                status,
                attachment,
                groups,
                given);
    }

    /**
     * The instance that it is in.
     *
     * @throws CloudException IncorrectState when it is in none
     */
    public InstanceId requireInstance() {
        if (attachment == null) {
            throw new CloudException(ErrorCode.INCORRECT_STATE, "The network interface '" + id + "' is in no instance");
        }
        return attachment.instance();
    }

    /** EC2's names in lower case with a hyphen. */
    public enum Status {
        AVAILABLE("available"),
        IN_USE("in-use");

        private final String ec2Name;

        Status(String ec2Name) {
            this.ec2Name = ec2Name;
        }

        public String ec2Name() {
            return ec2Name;
        }
    }

    /** An elastic address's association with an interface. */
    public record Elastic(ElasticIpId id, ElasticIpAssociationId association) {}

    /** Its place in an instance; an attachment that exists is {@code attached}. */
    public record Attachment(
            InterfaceAttachmentId id,
            InstanceId instance,
            AccountId instanceOwner,
            int deviceIndex,
            Instant attached,
            boolean deleteOnTermination) {}
}
