package io.croft.rest.tenant.network.networkacl;

/** A subnet that is to have the network ACL in place of the one that it has. */
public record NewNetworkAclAssociation(String subnetId) {}
