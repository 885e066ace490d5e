package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeTable.Row;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.tags.Tags;
import io.croft.types.ResourceType;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The account's volumes. */
@Component
public class Volumes {
    private final Noun noun;
    private final VolumeTable table;
    private final Tags tags;
    private final JdbcClient jdbc;

    Volumes(VolumeTable table, Tags tags, AvailabilityZones zones, JdbcClient jdbc) {
        this.noun = Noun.of(
                ResourceType.VOLUME,
                "volume v LEFT JOIN volume_attachment a ON a.volume = v.id",
                l -> filters(l).filter("availability-zone-id", Listing.translated("v.zone", zones.ids())));
        this.table = table;
        this.tags = tags;
        this.jdbc = jdbc;
    }

    private static Listing filters(Listing volumes) {
        return volumes.filter("attachment.attach-time", Listing.time("a.attached"))
                .filter("attachment.delete-on-termination", "a.delete_on_termination::text")
                .filter("attachment.device", "a.device")
                .filter("attachment.instance-id", "a.instance")
                .filter("attachment.status", "lower(a.state)")
                .filter("availability-zone", "v.zone")
                .filter("create-time", Listing.time("v.created"))
                .filterConstant("encrypted", "false")
                .filterConstant("fast-restored", "false")
                .filterConstant("multi-attach-enabled", "false")
                .filterConstant("operator.managed", "false")
                .filterNone("operator.principal")
                .filter("size", "v.size_gib::text")
                .filterConstant("snapshot-id", "")
                .filter("status", "replace(lower(v.state), '_', '-')")
                .filter("volume-id", "v.id")
                .filter("volume-type", "v.type");
    }

    @Bean
    Noun volumeNoun() {
        return noun;
    }

    /**
     * Lists volumes. Filters: {@code attachment.attach-time}, {@code attachment.delete-on-termination}, {@code attachment.device},
     * {@code attachment.instance-id}, {@code attachment.status}, {@code availability-zone}, {@code create-time}, {@code encrypted}, {@code multi-attach-enabled},
     * {@code size}, {@code snapshot-id}, {@code status}, {@code volume-id}, {@code volume-type} and the tags'.
     */
    @Transactional(readOnly = true)
    public Page<VolumeView> describe(Caller caller, Query query) {
        var page = noun.page(jdbc, caller, query, table::load, Row::id);
        return new Page<>(views(page.items()), page.nextToken());
    }

    /** The rows' views in their order. */
    List<VolumeView> views(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        return views(rows, tags.of(rows.stream().map(r -> r.id().value()).toList()));
    }

    static List<VolumeView> views(List<Row> rows, Map<String, Map<String, String>> tagged) {
        return rows.stream()
                .map(r -> new VolumeView(
                        r.id(),
                        r.account(),
                        r.shape(),
                        r.state(),
                        r.zone(),
                        r.created(),
                        r.attachment(),
                        tagged.getOrDefault(r.id().value(), Map.of())))
                .toList();
    }
}
