package io.croft.protocol;

import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network interface of an instance on this host: its tap, its port chains, its lease and its name.
 *
 * @param instance the instance that it is attached to
 * @param deviceIndex its place in the instance, from 0
 * @param mac as {@code 02:ab:cd:ef:01:23}
 * @param addresses its private IPv4 addresses, the primary one first
 * @param publicAddress the address that the router translates to the primary one, one to one; null when it has none
 * @param groups its security groups; none means that nothing comes in or goes out
 * @param sourceDestCheck whether packets with another source than {@code addresses} are dropped
 */
public record InterfaceSpec(
        NetworkInterfaceId id,
        AccountId account,
        Generation generation,
        Presence presence,
        VpcId vpc,
        SubnetId subnet,
        InstanceId instance,
        int deviceIndex,
        String mac,
        List<String> addresses,
        @Nullable String publicAddress,
        List<SecurityGroupId> groups,
        boolean sourceDestCheck)
        implements HostDocument {
    public InterfaceSpec {
        addresses = List.copyOf(addresses);
        groups = List.copyOf(groups);
    }

    @Override
    public DocumentKey key() {
        return new DocumentKey(DocumentKind.INTERFACE, id.value());
    }
}
