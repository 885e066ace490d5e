package io.croft.rest.tenant.network.securitygroup;

/** A security group as other resources mention it. */
public record GroupName(String groupId, String name) {}
