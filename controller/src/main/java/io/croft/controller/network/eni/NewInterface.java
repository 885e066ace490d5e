package io.croft.controller.network.eni;

import io.croft.controller.network.address.PublicAddressWish;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import org.jspecify.annotations.Nullable;

/**
 * A primary interface to be made for an instance.
 *
 * @param privateAddress null for any free one
 */
public record NewInterface(
        NetworkInterfaceId id,
        InstanceId instance,
        HostId host,
        LaunchNetwork.Choice subnet,
        String description,
        @Nullable String privateAddress,
        PublicAddressWish publicAddress) {}
