package io.croft.types;

import java.util.Arrays;
import java.util.Optional;

/**
 * The types of resources, each with the prefix of its ids, its name in TagSpecifications and DescribeTags, and what an id is called that is none or
 * that the account has not got.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TagSpecification.html">TagSpecification</a>
 */
public enum ResourceType {
    INSTANCE("i", "instance", ErrorCode.INSTANCE_ID_MALFORMED, ErrorCode.INSTANCE_NOT_FOUND),
    RESERVATION("r", "reservation"),
    IMAGE("ami", "image", ErrorCode.IMAGE_ID_MALFORMED, ErrorCode.IMAGE_NOT_FOUND),
    KEY_PAIR("key", "key-pair", ErrorCode.KEY_PAIR_ID_MALFORMED, ErrorCode.KEY_PAIR_NOT_FOUND),
    LAUNCH_TEMPLATE(
            "lt", "launch-template", ErrorCode.LAUNCH_TEMPLATE_ID_MALFORMED, ErrorCode.LAUNCH_TEMPLATE_NOT_FOUND),
    PLACEMENT_GROUP(
            "pg", "placement-group", ErrorCode.PLACEMENT_GROUP_ID_MALFORMED, ErrorCode.PLACEMENT_GROUP_NOT_FOUND),
    CAPACITY_RESERVATION(
            "cr",
            "capacity-reservation",
            ErrorCode.CAPACITY_RESERVATION_ID_MALFORMED,
            ErrorCode.CAPACITY_RESERVATION_NOT_FOUND),
    VOLUME("vol", "volume", ErrorCode.VOLUME_ID_MALFORMED, ErrorCode.VOLUME_NOT_FOUND),
    SNAPSHOT("snap", "snapshot", ErrorCode.SNAPSHOT_ID_MALFORMED, ErrorCode.SNAPSHOT_NOT_FOUND),
    VPC("vpc", "vpc", ErrorCode.VPC_ID_MALFORMED, ErrorCode.VPC_NOT_FOUND),
    SUBNET("subnet", "subnet", ErrorCode.SUBNET_ID_MALFORMED, ErrorCode.SUBNET_NOT_FOUND),
    INTERNET_GATEWAY(
            "igw", "internet-gateway", ErrorCode.INTERNET_GATEWAY_ID_MALFORMED, ErrorCode.INTERNET_GATEWAY_NOT_FOUND),
    ROUTE_TABLE("rtb", "route-table", ErrorCode.ROUTE_TABLE_ID_MALFORMED, ErrorCode.ROUTE_TABLE_NOT_FOUND),
    ROUTE_TABLE_ASSOCIATION(
            "rtbassoc", "route-table-association", ErrorCode.ASSOCIATION_NOT_FOUND, ErrorCode.ASSOCIATION_NOT_FOUND),
    VPC_CIDR_ASSOCIATION(
            "vpc-cidr-assoc",
            "vpc-cidr-block-association",
            ErrorCode.VPC_CIDR_ASSOCIATION_NOT_FOUND,
            ErrorCode.VPC_CIDR_ASSOCIATION_NOT_FOUND),
    ELASTIC_IP("eipalloc", "elastic-ip", ErrorCode.ELASTIC_ADDRESS_ID_MALFORMED, ErrorCode.ELASTIC_ADDRESS_NOT_FOUND),
    ELASTIC_IP_ASSOCIATION(
            "eipassoc", "elastic-ip-association", ErrorCode.ASSOCIATION_NOT_FOUND, ErrorCode.ASSOCIATION_NOT_FOUND),
    NETWORK_ACL("acl", "network-acl", ErrorCode.NETWORK_ACL_ID_MALFORMED, ErrorCode.NETWORK_ACL_NOT_FOUND),
    NETWORK_ACL_ASSOCIATION(
            "aclassoc", "network-acl-association", ErrorCode.ASSOCIATION_NOT_FOUND, ErrorCode.ASSOCIATION_NOT_FOUND),
    NETWORK_INTERFACE(
            "eni",
            "network-interface",
            ErrorCode.NETWORK_INTERFACE_ID_MALFORMED,
            ErrorCode.NETWORK_INTERFACE_NOT_FOUND),
    NETWORK_INTERFACE_ATTACHMENT("eni-attach", "network-interface-attachment"),
    SECURITY_GROUP("sg", "security-group", ErrorCode.SECURITY_GROUP_ID_MALFORMED, ErrorCode.SECURITY_GROUP_NOT_FOUND),
    SECURITY_GROUP_RULE(
            "sgr",
            "security-group-rule",
            ErrorCode.SECURITY_GROUP_RULE_ID_MALFORMED,
            ErrorCode.SECURITY_GROUP_RULE_NOT_FOUND),
    HOST("host", "host"),
    OPERATION("op", "operation");

    private final String prefix;
    private final String tagName;
    private final ErrorCode malformed;
    private final ErrorCode notFound;

    ResourceType(String prefix, String tagName) {
        this(prefix, tagName, ErrorCode.INVALID_PARAMETER_VALUE, ErrorCode.NOT_FOUND);
    }

    ResourceType(String prefix, String tagName, ErrorCode malformed, ErrorCode notFound) {
        this.prefix = prefix;
        this.tagName = tagName;
        this.malformed = malformed;
        this.notFound = notFound;
    }

    public String prefix() {
        return prefix;
    }

    public String tagName() {
        return tagName;
    }

    /** What a sentence calls a resource of this type; EC2 writes some of them as in its own API. */
    public String noun() {
        return switch (this) {
            case NETWORK_INTERFACE -> "networkInterface";
            case INTERNET_GATEWAY -> "internetGateway";
            case ROUTE_TABLE -> "routeTable";
            case NETWORK_ACL -> "networkAcl";
            case ELASTIC_IP -> "allocation";
            default -> tagName.replace('-', ' ');
        };
    }

    /** The error for a text that cannot be an id of this type. */
    public ErrorCode malformed() {
        return malformed;
    }

    /** The error for an id that the account has not got. */
    public ErrorCode notFound() {
        return notFound;
    }

    /** The type whose name in TagSpecifications is {@code tagName}. */
    public static Optional<ResourceType> ofTagName(String tagName) {
        return Arrays.stream(values()).filter(t -> t.tagName.equals(tagName)).findFirst();
    }

    /** The type of the id {@code value}, told by its prefix; empty when the text is no id of any type. */
    public static Optional<ResourceType> ofId(String value) {
        return Arrays.stream(values())
                .filter(t -> ResourceId.wellFormed(t, value))
                .findFirst();
    }
}
