package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeMoveTable.Leftover;
import io.croft.controller.context.Instants;
import io.croft.controller.fleet.Claim;
import io.croft.controller.fleet.Resources;
import io.croft.controller.hostlink.HostDocuments;
import io.croft.controller.tags.Tags;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.VolumeSpec;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.sql.Types;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
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
    private final VolumeMoveTable moves;
    private final HostDocuments documents;
    private final Tags tags;
    private final Clock clock;

    RestoredVolumes(
            JdbcClient jdbc,
            VolumeTable table,
            VolumeMoveTable moves,
            HostDocuments documents,
            Tags tags,
            Clock clock) {
        this.jdbc = jdbc;
        this.table = table;
        this.moves = moves;
        this.documents = documents;
        this.tags = tags;
        this.clock = clock;
    }

    /** Makes a volume what its host was told of it; one that the database does not know is attached to nothing yet, and one that was on its way is there. Whether it did not. */
    public boolean take(HostId host, VolumeSpec spec, String zone) {
        var image = spec.image();
        var snapshot = spec.snapshot();
        return jdbc.sql("""
            WITH taken AS (
                INSERT INTO volume (id, account, zone, size_gib, type, state, image, snapshot, filled, created, generation)
                VALUES (:id, :account, :zone, :size, :type, 'AVAILABLE', :image, :snapshot, :snapshot IS NULL, :now, 1)
                ON CONFLICT (id) DO UPDATE SET size_gib = greatest(volume.size_gib, :size),
                    state = CASE WHEN EXISTS (SELECT FROM volume_attachment a WHERE a.volume = volume.id) THEN 'IN_USE' ELSE 'AVAILABLE' END
                RETURNING xmax = 0 AS inserted
            ), arrived AS (
                DELETE FROM volume_move WHERE volume = :id
            ), placed AS (
                INSERT INTO volume_placement (volume, host, backend) VALUES (:id, :host, :backend)
                ON CONFLICT (volume) DO UPDATE SET host = :host, backend = :backend
            )
            SELECT inserted FROM taken
            """)
                .param("id", spec.id().value())
                .param("account", spec.account().value())
                .param("zone", zone)
                .param("host", host.value())
                .param("backend", spec.backend())
                .param("size", (int) (spec.sizeBytes() / GIB))
                .param("type", VolumeType.GP3.ec2Name())
                .param("image", image == null ? null : image.hex(), Types.VARCHAR)
                .param("snapshot", snapshot == null ? null : snapshot.value(), Types.VARCHAR)
                .param("now", Instants.column(clock.instant()))
                .query(Boolean.class)
                .single();
    }

    /** Takes out of an instance what its host was not told to have in it, in that place. */
    public void detachOthers(InstanceSpec instance) {
        jdbc.sql("""
            WITH left_out AS (
                DELETE FROM volume_attachment a WHERE a.instance = :instance
                    AND NOT EXISTS (SELECT FROM unnest(:volumes, :devices) AS told(volume, device) WHERE told.volume = a.volume AND told.device = a.device)
                RETURNING volume
            )
            UPDATE volume v SET state = 'AVAILABLE' FROM left_out WHERE v.id = left_out.volume AND v.state <> 'DELETING'
            """)
                .param("instance", instance.id().value())
                .param("volumes", column(instance, d -> d.volume().value()))
                .param("devices", column(instance, DiskSpec::deviceName))
                .update();
    }

    private static String[] column(InstanceSpec instance, Function<DiskSpec, String> value) {
        return instance.disks().stream().map(value).toArray(String[]::new);
    }

    /**
     * Makes sure that the volume is in its place in an instance. One that was there before goes with the instance as it did; of any other it is not known what it is there for, so it stays.
     *
     * @param made whether the volume was made with the instance, as far as can be told: then it goes with it from the place that it boots from
     */
    public void attach(VolumeId volume, InstanceId instance, String device, boolean made) {
        jdbc.sql("""
            INSERT INTO volume_attachment (volume, instance, device, boot, state, attached, delete_on_termination)
            SELECT :volume, i.id, :device, i.root_device = :device, 'ATTACHED', :now, :made AND i.root_device = :device FROM instance i WHERE i.id = :instance
            ON CONFLICT (volume) DO UPDATE SET instance = excluded.instance, device = :device, boot = excluded.boot, state = 'ATTACHED', live = false,
                delete_on_termination = volume_attachment.delete_on_termination AND volume_attachment.instance = excluded.instance AND volume_attachment.device = :device
            """)
                .param("volume", volume.value())
                .param("instance", instance.value())
                .param("device", device)
                .param("made", made)
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

    /** Counts anew on a host: every volume on it has this generation, and so has what is to be changed of it or removed there. */
    public void restamp(HostId host, long generation) {
        jdbc.sql("""
            WITH placed AS (SELECT volume FROM volume_placement WHERE host = :host), modified AS (
                UPDATE volume_modification m SET generation = :generation FROM placed p WHERE m.volume = p.volume
            ), left_over AS (
                UPDATE volume_leftover SET generation = :generation WHERE host = :host
            )
            UPDATE volume v SET generation = :generation FROM placed p WHERE p.volume = v.id
            """)
                .param("generation", generation)
                .param("host", host.value())
                .update();
    }

    /** Tells a host of all its volumes but some, and of what it is to remove of others. */
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
        documents.put(
                host,
                moves.leftovers(host).stream()
                        .filter(l -> !except.contains(l.volume().value()))
                        .map(Leftover::spec)
                        .toList());
    }

    /** What the volumes on a host take of it, those that are on their way to it or from it too. */
    public List<Claim> claims(HostId host) {
        return jdbc.sql("""
                        SELECT v.id, v.size_gib FROM volume v WHERE EXISTS (SELECT FROM volume_placement p WHERE p.volume = v.id AND p.host = :host)
                            OR EXISTS (SELECT FROM volume_move m WHERE m.volume = v.id AND :host IN (m.from_host, m.to_host))
                        UNION
                        SELECT volume, size_gib FROM volume_leftover l WHERE l.host = :host
                            AND NOT EXISTS (SELECT FROM volume_placement p WHERE p.volume = l.volume AND p.host = :host)
                        ORDER BY 1
                        """)
                .param("host", host.value())
                .query((row, _) -> new Claim(
                        new VolumeId(row.getString("id")), new Resources(0, 0, row.getLong("size_gib") * GIB)))
                .list();
    }
}
