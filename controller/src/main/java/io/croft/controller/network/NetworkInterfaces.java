package io.croft.controller.network;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.NetworkInterfaceId;
import java.util.List;

/** The account's network interfaces. */
public interface NetworkInterfaces {
    /** Security groups of an interface at most: EC2's default quota. */
    int MOST_GROUPS = 5;

    /**
     * Lists interfaces. Filters: {@code addresses.private-ip-address}, {@code association.public-ip}, {@code attachment.attachment-id},
     * {@code attachment.device-index}, {@code attachment.instance-id}, {@code attachment.instance-owner-id}, {@code attachment.status},
     * {@code availability-zone}, {@code description}, {@code group-id}, {@code group-name}, {@code mac-address}, {@code network-interface-id}, {@code owner-id},
     * {@code private-dns-name}, {@code private-ip-address}, {@code source-dest-check}, {@code status}, {@code subnet-id}, {@code vpc-id} and the tags'.
     */
    Page<NetworkInterfaceView> describe(Caller caller, Query query);

    /**
     * The account's interface with this id.
     *
     * @throws io.croft.controller.context.CloudException InvalidNetworkInterfaceID.NotFound
     */
    default NetworkInterfaceView require(Caller caller, NetworkInterfaceId id) {
        return describe(caller, Query.ofIds(List.of(id.value()))).items().getFirst();
    }

    /**
     * Describes an interface in other words.
     *
     * @throws io.croft.controller.context.CloudException InvalidNetworkInterfaceID.NotFound, InvalidParameterValue for more than 255 characters
     */
    void setDescription(Caller caller, NetworkInterfaceId id, String description);
}
