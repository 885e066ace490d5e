package io.croft.controller.network.eni;

import io.croft.types.VpcId;

/** Where the interfaces of a VPC are has changed, or in which groups they are. */
public record InterfacesMoved(VpcId vpc) {}
