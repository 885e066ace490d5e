package io.croft.rest.tenant.network.eni;

import io.croft.rest.tenant.network.securitygroup.GroupName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network interface.
 *
 * @param status {@code available} or {@code in-use}
 */
public record NetworkInterface(
        String networkInterfaceId,
        String vpcId,
        String subnetId,
        String zone,
        String description,
        String mac,
        String privateAddress,
        String privateDnsName,
        @Nullable String publicAddress,
        boolean sourceDestCheck,
        String status,
        @Nullable InterfaceAttachment attachment,
        List<GroupName> securityGroups,
        Map<String, String> tags) {
    public NetworkInterface {
        securityGroups = List.copyOf(securityGroups);
    }

    /** Its place in an instance. */
    public record InterfaceAttachment(
            String attachmentId, String instanceId, int deviceIndex, String attached, boolean deleteOnTermination) {}
}
