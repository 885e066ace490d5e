package io.croft.controller.quota;

import io.croft.types.ErrorCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an account may have only so much of. */
public enum Quota {
    /** Instances that have not ended, the stopped ones too. */
    INSTANCES(ErrorCode.INSTANCE_LIMIT_EXCEEDED, "instances"),
    /** Virtual CPUs of instances that are on their way up, run or stop, and those that are set aside for more, as in EC2. */
    VCPUS(ErrorCode.VCPU_LIMIT_EXCEEDED, "vCPUs"),
    /** MiB of memory of the same instances. */
    MEMORY_MIB(ErrorCode.INSTANCE_LIMIT_EXCEEDED, "MiB of memory"),
    /** Volumes until their hosts have proved them gone. */
    VOLUMES(ErrorCode.VOLUME_LIMIT_EXCEEDED, "volumes"),
    /** GiB of the volumes. */
    VOLUME_GIB(ErrorCode.VOLUME_LIMIT_EXCEEDED, "GiB of volumes"),
    /** Snapshots until they are gone from the store. */
    SNAPSHOTS(ErrorCode.SNAPSHOT_LIMIT_EXCEEDED, "snapshots"),
    /** Public addresses. */
    ADDRESSES(ErrorCode.ADDRESS_LIMIT_EXCEEDED, "public addresses"),
    NETWORK_INTERFACES(ErrorCode.NETWORK_INTERFACE_LIMIT_EXCEEDED, "network interfaces"),
    /** Security groups, each VPC's own among them. */
    SECURITY_GROUPS(ErrorCode.SECURITY_GROUP_LIMIT_EXCEEDED, "security groups"),
    /** Rules of one direction in one security group; of the account as a whole there is no use to tell. */
    RULES_PER_SECURITY_GROUP(ErrorCode.RULE_LIMIT_EXCEEDED, "rules per security group"),
    /** VPCs, the default one among them. */
    VPCS(ErrorCode.VPC_LIMIT_EXCEEDED, "VPCs"),
    SUBNETS_PER_VPC(ErrorCode.SUBNET_LIMIT_EXCEEDED, "subnets per VPC"),
    INTERNET_GATEWAYS(ErrorCode.INTERNET_GATEWAY_LIMIT_EXCEEDED, "internet gateways"),
    /** Route tables of one VPC, its main one among them. */
    ROUTE_TABLES_PER_VPC(ErrorCode.ROUTE_TABLE_LIMIT_EXCEEDED, "route tables per VPC"),
    /** Routes of one table, without the one inside the VPC. */
    ROUTES_PER_ROUTE_TABLE(ErrorCode.ROUTE_LIMIT_EXCEEDED, "routes per route table"),
    /** Network ACLs of one VPC, its default one among them. */
    NETWORK_ACLS_PER_VPC(ErrorCode.NETWORK_ACL_LIMIT_EXCEEDED, "network ACLs per VPC"),
    /** Entries of one direction in one network ACL, without the one that closes it. */
    ENTRIES_PER_NETWORK_ACL(ErrorCode.NETWORK_ACL_ENTRY_LIMIT_EXCEEDED, "entries per network ACL");

    private final ErrorCode exceeded;
    private final String noun;

    Quota(ErrorCode exceeded, String noun) {
        this.exceeded = exceeded;
        this.noun = noun;
    }

    /** The name in the operator's API and in the settings: {@code volume-gib}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The column in which what is used of it is counted: {@code volume_gib}. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The quota with that {@link #key()}. */
    public static Optional<Quota> of(String key) {
        return Arrays.stream(values()).filter(q -> q.key().equals(key)).findFirst();
    }

    /** What a request is told that would exceed it. */
    ErrorCode exceeded() {
        return exceeded;
    }

    /** What there is so much of, in the plural. */
    String noun() {
        return noun;
    }
}
