package io.croft.controller.network.eni;

import io.croft.controller.network.address.PublicAddresses;
import io.croft.controller.network.eni.InterfaceTable.Row;
import io.croft.types.AccountId;
import io.croft.types.ElasticIpId;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Interfaces that get an elastic address or lose one, for the module that owns those. Every call belongs into its transaction and tells the host concerned. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class AddressedInterfaces {
    private final InterfaceTable table;
    private final InterfaceDocuments documents;
    private final PublicAddresses addresses;

    AddressedInterfaces(InterfaceTable table, InterfaceDocuments documents, PublicAddresses addresses) {
        this.table = table;
        this.documents = documents;
        this.addresses = addresses;
    }

    /**
     * An interface, locked.
     *
     * @param publicAddress the public address that its host was told of; null for none
     */
    public record Locked(
            NetworkInterfaceId id,
            VpcId vpc,
            String privateAddress,
            @Nullable String publicAddress) {}

    /** The account's interface; empty when it has none of that id. */
    public Optional<Locked> lock(AccountId account, NetworkInterfaceId id) {
        return table.lock(account, id).map(AddressedInterfaces::locked);
    }

    /** The instance's interface with device index 0; empty when it is going. */
    public Optional<Locked> lockPrimary(InstanceId instance) {
        return table.lockPrimary(instance).stream().findFirst().map(AddressedInterfaces::locked);
    }

    /** The id of the instance's interface with device index 0; empty when it is going. */
    public Optional<NetworkInterfaceId> primary(InstanceId instance) {
        return table.primary(instance);
    }

    private static Locked locked(Row row) {
        return new Locked(row.id(), row.vpc(), row.privateAddress(), row.publicAddress());
    }

    /** Makes an elastic address, for which no other host answers, the interface's public one; what it had is retired. */
    public void give(NetworkInterfaceId id, ElasticIpId elastic, String address) {
        var row = table.setPublicAddress(id, address);
        addresses.retire(id, row.generation());
        addresses.hand(elastic, id);
        documents.put(List.of(row));
    }

    /** Takes the interface's public address, which is for nobody else until its host has shown that it answers for it no more. */
    public void take(NetworkInterfaceId id) {
        var row = table.clearPublicAddress(id);
        addresses.retire(id, row.generation());
        documents.put(List.of(row));
    }
}
