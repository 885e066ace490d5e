package io.croft.rest.tenant.network.elasticip;

/**
 * Where an elastic address is to be, in place of where it is.
 *
 * @param networkInterfaceId the interface whose public address it becomes
 */
public record NewElasticIpAssociation(String networkInterfaceId) {}
