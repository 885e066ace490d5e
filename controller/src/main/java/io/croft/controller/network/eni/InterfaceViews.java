package io.croft.controller.network.eni;

import io.croft.controller.network.eni.InterfaceTable.Row;
import io.croft.controller.network.eni.NetworkInterfaceView.Status;
import io.croft.controller.network.securitygroup.GroupName;
import io.croft.controller.network.vpc.DnsNames;
import io.croft.controller.network.vpc.VpcTable;
import io.croft.controller.network.vpc.VpcTable.Vpc;
import io.croft.controller.tags.Tags;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows interfaces with their groups and tags, loaded at once for any number of them. */
@Component
class InterfaceViews {
    private final InterfaceTable table;
    private final Tags tags;
    private final DnsNames names;
    private final VpcTable vpcs;

    InterfaceViews(InterfaceTable table, VpcTable vpcs, Tags tags, DnsNames names) {
        this.table = table;
        this.vpcs = vpcs;
        this.tags = tags;
        this.names = names;
    }

    /** The interfaces' views in the order of the rows. */
    List<NetworkInterfaceView> of(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var groups = table.groupsOf(rows.stream().map(Row::id).toList());
        var tagged = tags.of(rows.stream().map(r -> r.id().value()).toList());
        var named = vpcs.named(rows.stream().map(Row::vpc).toList());
        return rows.stream()
                .map(r -> view(
                        r,
                        named.contains(r.vpc()),
                        groups.getOrDefault(r.id(), List.of()),
                        tagged.getOrDefault(r.id().value(), Map.of())))
                .toList();
    }

    /** Those of interfaces that were just made, in one VPC and with the same groups. */
    List<NetworkInterfaceView> ofNew(List<Row> rows, Vpc vpc, List<GroupName> groups) {
        return rows.stream().map(r -> view(r, vpc.named(), groups, Map.of())).toList();
    }

    private NetworkInterfaceView view(Row row, boolean named, List<GroupName> groups, Map<String, String> tags) {
        return new NetworkInterfaceView(
                row.id(),
                row.account(),
                row.vpc(),
                row.subnet(),
                row.zone(),
                row.description(),
                row.mac(),
                row.privateAddress(),
                names.ofPrivate(row.privateAddress()),
                row.publicAddress(),
                row.publicAddress() == null ? null : row.elastic(),
                row.wantsPublicAddress(),
                named && row.publicAddress() != null ? names.ofPublic(row.publicAddress()) : "",
                row.sourceDestCheck(),
                row.attachment() == null ? Status.AVAILABLE : Status.IN_USE,
                row.attachment(),
                groups,
                tags);
    }
}
