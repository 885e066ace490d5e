package io.croft.agent;

import io.croft.agent.ledger.LedgerState;
import io.croft.agent.metadata.MetadataCatalog;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.Presence;
import io.croft.protocol.VpcSpec;
import io.croft.types.VpcId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers the metadata service from the ledger, so that guests do not notice when the controller is away. */
record LedgerCatalog(Supplier<LedgerState> ledger) implements MetadataCatalog {
    @Override
    public Optional<Guest> find(VpcId vpc, String sourceAddress) {
        var state = ledger.get();
        return state.all(InterfaceSpec.class)
                .filter(i -> i.presence() == Presence.PRESENT && i.vpc().equals(vpc))
                .filter(i -> i.addresses().contains(sourceAddress))
                .findFirst()
                .flatMap(i -> guest(state, i));
    }

    private static Optional<Guest> guest(LedgerState state, InterfaceSpec asking) {
        return state.find(VpcSpec.class, DocumentKind.VPC, asking.vpc().value())
                .flatMap(vpc -> state.find(
                                InstanceSpec.class,
                                DocumentKind.INSTANCE,
                                asking.instance().value())
                        .filter(i -> i.presence() == Presence.PRESENT)
                        .map(instance -> new Guest(vpc, instance, interfaces(state, instance))));
    }

    private static List<InterfaceSpec> interfaces(LedgerState state, InstanceSpec instance) {
        return state.all(InterfaceSpec.class)
                .filter(i -> i.presence() == Presence.PRESENT && i.instance().equals(instance.id()))
                .sorted(Comparator.comparingInt(InterfaceSpec::deviceIndex))
                .toList();
    }
}
