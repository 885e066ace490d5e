package io.croft.controller.network;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;

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
}
