package io.croft.rest.tenant.network.internetgateway;

/** Where an internet gateway is to be attached. */
public record NewGatewayAttachment(String vpcId) {}
