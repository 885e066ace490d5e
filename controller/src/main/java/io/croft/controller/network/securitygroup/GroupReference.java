package io.croft.controller.network.securitygroup;

import io.croft.types.SecurityGroupId;

/** How a request names a security group. */
public sealed interface GroupReference {
    record ById(SecurityGroupId id) implements GroupReference {}

    /** By name in the default VPC. */
    record ByName(String name) implements GroupReference {}
}
