package io.croft.controller.network.eni;

import io.croft.protocol.Failure;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;

/** A host cannot set up an instance's interface and has given up trying; published inside the transaction that takes the observation. */
public record InterfaceFailed(NetworkInterfaceId networkInterface, InstanceId instance, Failure failure) {}
