package io.croft.controller.restore;

import io.croft.controller.hostlink.RestoredDocuments;
import io.croft.controller.identity.RestoredAccounts;
import io.croft.controller.network.account.RestoredNetworks;
import io.croft.controller.network.securitygroup.ProtocolName;
import io.croft.controller.restore.Decision.Action;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.LedgerReport;
import io.croft.protocol.Presence;
import io.croft.protocol.SecurityGroupRuleSpec;
import io.croft.protocol.SecurityGroupSpec;
import io.croft.protocol.VolumeSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.HostId;
import io.croft.types.SecurityGroupId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Brings into the database the accounts, networks and groups that only hosts know, and the rules, resolvers and names as hosts were last told them. Where hosts were told different
 * rules, only what all allow is allowed; of different names the first host's count.
 */
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
        of(all, VolumeSpec.class).forEach(v -> accounts.ensure(v.account()));
        var vpcs = of(all, VpcSpec.class);
        vpcs.forEach(v -> accounts.ensure(v.account()));
        vpcs.forEach(networks::ensure);
        var names = names(all);
        var groups = of(all, SecurityGroupSpec.class);
        groups.forEach(g -> networks.ensure(g, names.getOrDefault(g.id(), "restored " + g.id())));
        vpcs.forEach(networks::ensureParts);
        newer(told, SecurityGroupSpec.class)
                .values()
                .forEach(specs -> networks.setRules(specs.getFirst(), allowedByAll(specs)));
        newer(told, VpcSpec.class).values().forEach(specs -> networks.setNames(specs.getFirst()));
    }

    /** What {@link #take} would do now. */
    @Transactional(propagation = Propagation.SUPPORTS)
    List<RestoreLine> lines(Map<HostId, LedgerReport> told) {
        var lines = new ArrayList<RestoreLine>();
        newer(told, VpcSpec.class).forEach((id, specs) -> {
            var vpc = specs.getFirst();
            if (!networks.knows(vpc)) {
                lines.add(line(id, Action.ADOPT, told, "Only hosts know it. Its tags are lost."));
            } else if (!networks.agrees(vpc)) {
                lines.add(line(
                        id,
                        Action.FOLLOW,
                        told,
                        "Its hosts were told otherwise of its DNS attributes, its routes or its network ACLs."));
            }
        });
        newer(told, SecurityGroupSpec.class).forEach((id, specs) -> {
            var group = specs.getFirst();
            var allowed = allowedByAll(specs);
            var rules = "Its rules are those that its hosts were told: " + told(allowed) + ".";
            if (!networks.knows(group)) {
                lines.add(line(
                        id,
                        Action.ADOPT,
                        told,
                        "Only hosts know it. " + rules + " Its description and tags are lost."));
            } else if (!networks.agrees(group, allowed)) {
                lines.add(line(id, Action.FOLLOW, told, rules));
            }
        });
        return List.copyOf(lines);
    }

    private static String told(Collection<SecurityGroupRuleSpec> rules) {
        return rules.isEmpty()
                ? "none"
                : rules.stream().map(RestoredGroups::told).sorted().collect(Collectors.joining("; "));
    }

    private static String told(SecurityGroupRuleSpec rule) {
        var peer = rule.cidr() != null ? rule.cidr() : rule.group();
        return rule.direction().name().toLowerCase(Locale.ROOT) + " " + ProtocolName.of(rule.protocol()) + " "
                + rule.fromPort() + "-"
                + rule.toPort() + " " + peer;
    }

    private static RestoreLine line(String id, Action action, Map<HostId, LedgerReport> told, String reason) {
        var hosts = told.entrySet().stream()
                .filter(e -> e.getValue().documents().stream()
                        .anyMatch(d -> d.key().id().equals(id)))
                .map(e -> e.getKey().value())
                .sorted()
                .collect(Collectors.joining(", "));
        return new RestoreLine(id, action.word(), hosts, reason);
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

    /** Those of which hosts were told otherwise than the database knows, the hosts in order. */
    private <T extends HostDocument> Map<String, List<T>> newer(Map<HostId, LedgerReport> told, Class<T> type) {
        var newer = new TreeMap<String, List<T>>();
        told.keySet().stream().sorted(Comparator.comparing(HostId::value)).forEach(host -> {
            var ledger = Objects.requireNonNull(told.get(host));
            var wanted = documents.of(host).stream()
                    .collect(Collectors.toMap(s -> s.document().key(), Function.identity()));
            for (var document : of(ledger.documents(), type)) {
                var own = wanted.get(document.key());
                var isNews = own != null && own.revision() > ledger.revision();
                if (document.presence() == Presence.PRESENT
                        && !isNews
                        && (own == null || !own.document().equals(document))) {
                    newer.computeIfAbsent(document.key().id(), _ -> new ArrayList<>())
                            .add(document);
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
