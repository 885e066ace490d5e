package io.croft.controller.network.overlay;

import io.croft.controller.fleet.Fleet;
import io.croft.controller.hostlink.HostDocuments;
import io.croft.controller.network.overlay.PeerTable.Row;
import io.croft.protocol.Presence;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcPeersSpec.Member;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.VpcId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What hosts are told of the interfaces that their VPCs have on other hosts. */
@Component
class PeerDocuments {
    private final PeerTable table;
    private final Fleet fleet;
    private final HostDocuments documents;
    private final JsonMapper json;

    PeerDocuments(PeerTable table, Fleet fleet, HostDocuments documents, JsonMapper json) {
        this.table = table;
        this.fleet = fleet;
        this.documents = documents;
        this.json = json;
    }

    /** A host, and a VPC of which it was told otherwise than it is. */
    record Stale(HostId host, VpcId vpc, AccountId account) {}

    /** Which hosts have to be told, of some VPCs. */
    List<Stale> stale(Collection<VpcId> vpcs) {
        var underlays = Underlays.of(fleet.snapshot());
        var placed = table.placed(vpcs).stream().collect(Collectors.groupingBy(Placed::vpc));
        var told = new HashMap<Stale, Row>();
        table.told(vpcs).forEach(r -> told.put(new Stale(r.host(), r.vpc(), r.account()), r));
        var concerned = Stream.concat(
                        told.keySet().stream(),
                        placed.values().stream()
                                .flatMap(List::stream)
                                .map(i -> new Stale(i.host(), i.vpc(), i.account())))
                .distinct()
                .toList();
        var stale = new ArrayList<Stale>();
        for (var each : concerned) {
            var row = told.get(each);
            var members = underlays.seenFrom(each.host(), placed.getOrDefault(each.vpc(), List.of()));
            var known = row == null ? members.isEmpty() : isTold(row, members);
            if (!known) {
                stale.add(each);
            }
        }
        return stale;
    }

    /** Tells a host how it is now, whatever it was when the host was found to be told otherwise; whether there was something to tell. */
    @Transactional
    public boolean tell(Stale stale) {
        var row = table.lock(stale.host(), stale.vpc(), stale.account());
        var members = Underlays.of(fleet.snapshot()).seenFrom(stale.host(), table.placed(List.of(stale.vpc())));
        if (isTold(row, members)) {
            return false;
        }
        var now = new Row(
                row.host(), row.vpc(), row.account(), row.generation() + 1, !members.isEmpty(), digest(members));
        table.tell(now);
        documents.put(
                now.host(),
                new VpcPeersSpec(
                        now.vpc(),
                        now.account(),
                        new Generation(now.generation()),
                        now.present() ? Presence.PRESENT : Presence.ABSENT,
                        members));
        return true;
    }

    private boolean isTold(Row row, List<Member> members) {
        return members.isEmpty() ? !row.present() : row.present() && row.told().equals(digest(members));
    }

    private String digest(List<Member> members) {
        try {
            var text = json.writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
