package io.croft.controller.network.elasticip;

import io.croft.types.AccountId;
import io.croft.types.ElasticIpAssociationId;
import io.croft.types.ElasticIpId;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An elastic address as its owner sees it.
 *
 * @param place where it is to be; null for nowhere
 */
public record ElasticIpView(
        ElasticIpId id,
        AccountId owner,
        String address,
        @Nullable Place place,
        Map<String, String> tags) {
    /**
     * An interface that it is to be the public address of.
     *
     * @param instance whose the interface is; null for none's
     */
    public record Place(
            ElasticIpAssociationId association,
            NetworkInterfaceId networkInterface,
            String privateAddress,
            @Nullable InstanceId instance) {}
}
