package io.croft.types;

import java.util.Arrays;
import java.util.Optional;

/**
 * The types of resources, each with the prefix of its ids and its name in TagSpecifications and DescribeTags.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TagSpecification.html">TagSpecification</a>
 */
public enum ResourceType {
    INSTANCE("i", "instance"),
    RESERVATION("r", "reservation"),
    IMAGE("ami", "image"),
    KEY_PAIR("key", "key-pair"),
    LAUNCH_TEMPLATE("lt", "launch-template"),
    PLACEMENT_GROUP("pg", "placement-group"),
    VOLUME("vol", "volume"),
    SNAPSHOT("snap", "snapshot"),
    VPC("vpc", "vpc"),
    SUBNET("subnet", "subnet"),
    NETWORK_INTERFACE("eni", "network-interface"),
    NETWORK_INTERFACE_ATTACHMENT("eni-attach", "network-interface-attachment"),
    SECURITY_GROUP("sg", "security-group"),
    SECURITY_GROUP_RULE("sgr", "security-group-rule"),
    HOST("host", "host"),
    OPERATION("op", "operation");

    private final String prefix;
    private final String tagName;

    ResourceType(String prefix, String tagName) {
        this.prefix = prefix;
        this.tagName = tagName;
    }

    public String prefix() {
        return prefix;
    }

    public String tagName() {
        return tagName;
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
