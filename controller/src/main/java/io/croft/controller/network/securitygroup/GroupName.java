package io.croft.controller.network.securitygroup;

import io.croft.types.SecurityGroupId;

/** A security group as other resources mention it. */
public record GroupName(SecurityGroupId id, String name) {}
