package io.croft.controller.blockstorage.volume;

import io.croft.controller.context.Instants;
import io.croft.controller.fleet.Claim;
import io.croft.controller.fleet.Resources;
import io.croft.controller.hostlink.HostDocuments;
import io.croft.controller.tags.Tags;
import io.croft.protocol.VolumeSpec;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.sql.Types;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Volumes after a restore: their rows are put to what their hosts have. All of it belongs into the transaction of the merge. The states are written outside their table of
 * transitions, since what led to them was lost.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class RestoredVolumes {
    private static final long GIB = 1L << 30;

    private final JdbcClient jdbc;
    private final VolumeTable table;
    private final HostDocuments documents;
    private final Tags tags;
    private final Clock clock;

    RestoredVolumes(JdbcClient jdbc, VolumeTable table, HostDocuments documents, Tags tags, Clock clock) {
        this.jdbc = jdbc;
        this.table = table;
        this.documents = documents;
        this.tags = tags;
        this.clock = clock;
    }

    /** Makes a volume what its host was told of it; one that the database does not know is attached to nothing yet. */
    public void take(HostId host, VolumeSpec spec, String zone) {
        var image = spec.image();
        jdbc.sql("""
            WITH taken AS (
                INSERT INTO volume (id, account, zone, size_gib, type, state, image, created, generation)
                VALUES (:id, :account, :zone, :size, :type, 'AVAILABLE', :image, :now, 1)
                ON CONFLICT (id) DO UPDATE SET size_gib = greatest(volume.size_gib, :size),
                    state = CASE WHEN EXISTS (SELECT FROM volume_attachment a WHERE a.volume = volume.id) THEN 'IN_USE' ELSE 'AVAILABLE' END
            )
            INSERT INTO volume_placement (volume, host, backend) VALUES (:id, :host, :backend)
            ON CONFLICT (volume) DO UPDATE SET host = :host, backend = :backend
            """)
                .param("id", spec.id().value())
                .param("account", spec.account().value())
                .param("zone", zone)
                .param("host", host.value())
                .param("backend", spec.backend())
                .param("size", (int) (spec.sizeBytes() / GIB))
                .param("type", VolumeType.GP3.ec2Name())
                .param("image", image == null ? null : image.hex(), Types.VARCHAR)
                .param("now", Instants.column(clock.instant()))
                .update();
    }

    /** Makes sure that the volume is in its place in an instance; the boot disk goes with the instance, any other stays. */
    public void attach(VolumeId volume, InstanceId instance, String device, boolean boot) {
        jdbc.sql("""
            INSERT INTO volume_attachment (volume, instance, device, boot, state, attached, delete_on_termination)
            VALUES (:volume, :instance, :device, :boot, 'ATTACHED', :now, :boot)
            ON CONFLICT (volume) DO UPDATE SET instance = :instance, device = :device, boot = :boot, state = 'ATTACHED'
            """)
                .param("volume", volume.value())
                .param("instance", instance.value())
                .param("device", device)
                .param("boot", boot)
                .param("now", Instants.column(clock.instant()))
                .update();
        jdbc.sql("UPDATE volume SET state = 'IN_USE' WHERE id = :id AND state <> 'DELETING'")
                .param("id", volume.value())
                .update();
    }

    /** Wants a volume gone that its host is to remove. */
    public void end(VolumeId id) {
        jdbc.sql("UPDATE volume SET state = 'DELETING' WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    /** Forgets a volume of which nothing is left. */
    public void forget(VolumeId id) {
        jdbc.sql("DELETE FROM volume WHERE id = :id").param("id", id.value()).update();
        tags.drop(List.of(id.value()));
    }

    /** Takes out of an instance of which nothing is left what is left of its volumes. */
    public void detach(InstanceId instance) {
        jdbc.sql("""
            WITH ended AS (DELETE FROM volume_attachment WHERE instance = :instance RETURNING volume)
            UPDATE volume v SET state = 'AVAILABLE' FROM ended WHERE v.id = ended.volume AND v.state <> 'DELETING'
            """).param("instance", instance.value()).update();
    }

    /** Counts anew on a host: every volume on it has this generation. */
    public void restamp(HostId host, long generation) {
        jdbc.sql("""
            UPDATE volume v SET generation = :generation FROM volume_placement p WHERE p.volume = v.id AND p.host = :host
            """)
                .param("generation", generation)
                .param("host", host.value())
                .update();
    }

    /** Tells a host of all its volumes but some. */
    public void put(HostId host, Collection<String> except) {
        var ids = jdbc.sql(
                        "SELECT volume FROM volume_placement WHERE host = :host AND volume <> ALL(:except) ORDER BY volume")
                .param("host", host.value())
                .param("except", except.toArray(String[]::new))
                .query(String.class)
                .list();
        documents.put(
                host,
                table.load(ids).stream()
                        .flatMap(v -> Stream.ofNullable(v.place()).map(v::spec))
                        .toList());
    }

    /** What the volumes on a host take of it. */
    public List<Claim> claims(HostId host) {
        return jdbc.sql("""
                        SELECT v.id, v.size_gib FROM volume v JOIN volume_placement p ON p.volume = v.id WHERE p.host = :host ORDER BY v.id
                        """)
                .param("host", host.value())
                .query((row, _) -> new Claim(
                        new VolumeId(row.getString("id")), new Resources(0, 0, row.getLong("size_gib") * GIB)))
                .list();
    }
}
