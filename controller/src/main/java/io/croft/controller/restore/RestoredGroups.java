package io.croft.controller.restore;

import io.croft.controller.hostlink.RestoredDocuments;
import io.croft.controller.identity.RestoredAccounts;
import io.croft.controller.network.RestoredNetworks;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.LedgerReport;
import io.croft.protocol.Presence;
import io.croft.protocol.SecurityGroupRuleSpec;
import io.croft.protocol.SecurityGroupSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.HostId;
import io.croft.types.SecurityGroupId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Brings into the database the accounts, networks and groups that only hosts know, and the rules as hosts were last told them. Where hosts were told different ones, only what all allow is allowed. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RestoredGroups {
    private final RestoredAccounts accounts;
    private final RestoredNetworks networks;
    private final RestoredDocuments documents;

    RestoredGroups(RestoredAccounts accounts, RestoredNetworks networks, RestoredDocuments documents) {
        this.accounts = accounts;
        this.networks = networks;
        this.documents = documents;
    }

    void take(Map<HostId, LedgerReport> told) {
        var all = told.values().stream()
                .flatMap(l -> l.documents().stream())
                .filter(d -> d.presence() == Presence.PRESENT)
                .toList();
        of(all, InstanceSpec.class).forEach(i -> accounts.ensure(i.account()));
        var vpcs = of(all, VpcSpec.class);
        vpcs.forEach(v -> accounts.ensure(v.account()));
        vpcs.forEach(networks::ensure);
        var names = names(all);
        var groups = of(all, SecurityGroupSpec.class);
        groups.forEach(g -> networks.ensure(g, names.getOrDefault(g.id(), "restored " + g.id())));
        vpcs.forEach(networks::ensureDefaultGroup);
        newer(told).forEach((id, specs) -> networks.setRules(specs.getFirst(), allowedByAll(specs)));
    }

    private static <T extends HostDocument> List<T> of(List<HostDocument> all, Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** What instances call their groups: their metadata name those of the first interface, in its order. */
    private static Map<SecurityGroupId, String> names(List<HostDocument> all) {
        var interfaces = of(all, InterfaceSpec.class).stream()
                .collect(Collectors.toMap(InterfaceSpec::id, Function.identity(), (a, _) -> a));
        var names = new HashMap<SecurityGroupId, String>();
        for (var instance : of(all, InstanceSpec.class)) {
            var first = instance.interfaces().isEmpty()
                    ? null
                    : interfaces.get(instance.interfaces().getFirst());
            var named = instance.metadata().securityGroups();
            if (first != null && first.groups().size() == named.size()) {
                for (var i = 0; i < named.size(); i++) {
                    names.put(first.groups().get(i), named.get(i));
                }
            }
        }
        return names;
    }

    /** The groups of which hosts were told otherwise than the database knows. */
    private Map<String, List<SecurityGroupSpec>> newer(Map<HostId, LedgerReport> told) {
        var newer = new TreeMap<String, List<SecurityGroupSpec>>();
        told.forEach((host, ledger) -> {
            var wanted = documents.of(host).stream()
                    .collect(Collectors.toMap(s -> s.document().key(), Function.identity()));
            for (var group : of(ledger.documents(), SecurityGroupSpec.class)) {
                var own = wanted.get(group.key());
                var isNews = own != null && own.revision() > ledger.revision();
                if (group.presence() == Presence.PRESENT
                        && !isNews
                        && (own == null || !own.document().equals(group))) {
                    newer.computeIfAbsent(group.id().value(), _ -> new ArrayList<>())
                            .add(group);
                }
            }
        });
        return newer;
    }

    private static Collection<SecurityGroupRuleSpec> allowedByAll(List<SecurityGroupSpec> specs) {
        Set<SecurityGroupRuleSpec> allowed = new HashSet<>(specs.getFirst().rules());
        specs.forEach(s -> allowed.retainAll(s.rules()));
        return allowed;
    }
}
