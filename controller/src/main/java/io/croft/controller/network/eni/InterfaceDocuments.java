package io.croft.controller.network.eni;

import io.croft.controller.hostlink.HostDocuments;
import io.croft.controller.network.eni.InterfaceTable.Row;
import io.croft.controller.network.securitygroup.GroupName;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SecurityGroupId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What hosts are told of interfaces. */
@Component
class InterfaceDocuments {
    private final InterfaceTable table;
    private final HostDocuments documents;

    InterfaceDocuments(InterfaceTable table, HostDocuments documents) {
        this.table = table;
        this.documents = documents;
    }

    /** Tells the hosts of interfaces as they are now; one that is on no host is told to none. */
    void put(List<Row> rows, Map<NetworkInterfaceId, List<SecurityGroupId>> groups) {
        rows.stream()
                .filter(r -> r.host() != null)
                .collect(Collectors.groupingBy(r -> Objects.requireNonNull(r.host())))
                .forEach((host, own) -> documents.put(
                        host,
                        own.stream()
                                .map(r -> r.spec(groups.getOrDefault(r.id(), List.of())))
                                .toList()));
    }

    /** The same, with the groups that they are in. */
    void put(List<Row> rows) {
        var groups = new HashMap<NetworkInterfaceId, List<SecurityGroupId>>();
        table.groupsOf(rows.stream().map(Row::id).toList())
                .forEach((id, named) ->
                        groups.put(id, named.stream().map(GroupName::id).toList()));
        put(rows, groups);
    }
}
