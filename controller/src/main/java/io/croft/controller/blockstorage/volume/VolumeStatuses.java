package io.croft.controller.blockstorage.volume;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.types.ResourceType;
import io.croft.types.VolumeId;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whether volumes work: all do of whose hosts is heard. What fails on a disk stops the machine that uses it, and its instance's status check says so.
 *
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/monitoring-volume-checks.html">EBS volume status checks</a>
 */
@Component
public class VolumeStatuses {
    private static final String UNHEARD = "h.state IS NOT NULL AND h.state <> 'READY'";
    private static final String STATUS = "(CASE WHEN " + UNHEARD + " THEN 'insufficient-data' ELSE 'ok' END)";
    private static final String IO_ENABLED = "(CASE WHEN " + UNHEARD + " THEN 'insufficient-data' ELSE 'passed' END)";
    private static final String TABLES =
            "volume v LEFT JOIN volume_placement p ON p.volume = v.id LEFT JOIN host h ON h.id = p.host";

    private final Listing listing;
    private final JdbcClient jdbc;

    VolumeStatuses(AvailabilityZones zones, JdbcClient jdbc) {
        this.listing = Listing.of("volume-statuses", TABLES, "v.id")
                .ids(ResourceType.VOLUME)
                .ownedBy("v.account")
                .filterNone(
                        "action.code",
                        "action.description",
                        "action.event-id",
                        "event.description",
                        "event.event-id",
                        "event.event-type",
                        "event.not-after",
                        "event.not-before",
                        "operator.principal")
                .filterConstant("operator.managed", "false")
                .filter("availability-zone", "v.zone")
                .filter("availability-zone-id", Listing.translated("v.zone", zones.ids()))
                .filterAny(
                        "volume-status.details-name",
                        "SELECT d.name FROM (VALUES ('io-enabled'), ('io-performance')) AS d (name)")
                .filterAny(
                        "volume-status.details-status",
                        "SELECT d.status FROM (VALUES (" + IO_ENABLED + "), ('not-applicable')) AS d (status)")
                .filter("volume-status.status", STATUS);
        this.jdbc = jdbc;
    }

    /** Lists the statuses of volumes. The filters are EC2's. */
    @Transactional(readOnly = true)
    public Page<VolumeStatusView> describe(Caller caller, Query query) {
        var page = listing.find(jdbc, caller.account(), query);
        var views = jdbc
                .sql("SELECT v.id, v.zone, " + STATUS + " AS status, " + IO_ENABLED + " AS io_enabled FROM " + TABLES
                        + " WHERE v.id = ANY(:ids)")
                .param("ids", page.items().toArray(String[]::new))
                .query((row, _) -> new VolumeStatusView(
                        new VolumeId(row.getString("id")),
                        row.getString("zone"),
                        row.getString("status"),
                        row.getString("io_enabled")))
                .list()
                .stream()
                .collect(Collectors.toMap(v -> v.id().value(), v -> v));
        return page.found(views);
    }
}
