package io.croft.e2e;

import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Parts of EC2 requests that several callers need. */
public final class Requests {
    private static final IpRange ANYWHERE =
            IpRange.builder().cidrIp("0.0.0.0/0").build();

    private Requests() {}

    public static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    /** A tag that an instance gets as it is made. */
    public static TagSpecification instanceTag(String key, String value) {
        return TagSpecification.builder()
                .resourceType(ResourceType.INSTANCE)
                .tags(tag(key, value))
                .build();
    }

    public static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    /** A TCP port, from anywhere. */
    public static IpPermission tcp(int port) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .ipRanges(ANYWHERE)
                .build();
    }

    /** Every protocol, from anywhere. */
    public static IpPermission everything() {
        return IpPermission.builder().ipProtocol("-1").ipRanges(ANYWHERE).build();
    }
}
