package io.croft.controller.blockstorage;

import io.croft.controller.blockstorage.VolumeTable.Row;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.tags.TaggableTable;
import io.croft.controller.tags.Tags;
import io.croft.types.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists volumes. */
@Component
class StoredVolumes implements Volumes {
    private static final Listing LISTING = Listing.of(
                    "volumes", "volume v LEFT JOIN volume_attachment a ON a.volume = v.id", "v.id")
            .ids(ResourceType.VOLUME)
            .ownedBy("v.account")
            .filter("attachment.attach-time", Listing.time("a.attached"))
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
            .filter("volume-type", "v.type")
            .tagged();

    private final Listing listing;
    private final VolumeTable table;
    private final Tags tags;
    private final JdbcClient jdbc;

    StoredVolumes(VolumeTable table, Tags tags, AvailabilityZones zones, JdbcClient jdbc) {
        this.listing = LISTING.filter("availability-zone-id", Listing.translated("v.zone", zones.ids()));
        this.table = table;
        this.tags = tags;
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public Page<VolumeView> describe(Caller caller, Query query) {
        var page = listing.find(jdbc, caller.account(), query);
        var rows = table.load(page.items()).stream().collect(Collectors.toMap(r -> r.id().value(), r -> r));
        return new Page<>(views(page.found(rows).items()), page.nextToken());
    }

    /** The rows' views in their order. */
    List<VolumeView> views(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var tagged = tags.of(rows.stream().map(r -> r.id().value()).toList());
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

    /** Lets volumes carry tags. */
    @Configuration(proxyBeanMethods = false)
    static class Taggables {
        @Bean
        TaggableTable taggableVolumes(JdbcClient jdbc) {
            return new TaggableTable(jdbc, ResourceType.VOLUME, "volume", "true");
        }
    }
}
