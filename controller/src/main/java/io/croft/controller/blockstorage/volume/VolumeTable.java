package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeView.Attachment;
import io.croft.controller.context.Instants;
import io.croft.protocol.Presence;
import io.croft.protocol.VolumeSpec;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code volume}, {@code volume_placement} and {@code volume_attachment}; a volume's state changes only by {@link VolumeTransitions}. */
@Component
class VolumeTable {
    private static final long GIB = 1L << 30;
    private static final String SELECT = """
            SELECT v.*, p.host, p.backend, a.instance, a.device, a.boot, a.state AS attachment_state, a.attached, a.delete_on_termination,
                m.state AS move_state, m.carrier
            FROM volume v LEFT JOIN volume_placement p ON p.volume = v.id LEFT JOIN volume_attachment a ON a.volume = v.id
                LEFT JOIN volume_move m ON m.volume = v.id
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final Clock clock;

    VolumeTable(JdbcClient jdbc, NamedParameterJdbcTemplate batches, Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.clock = clock;
    }

    /**
     * A volume.
     *
     * @param place where its bytes are; null while it has none
     * @param snapshot whose bytes it starts with, though that may be gone since; null for none
     * @param filled whether it needs nothing of that snapshot any more
     * @param transit how it stands on its way to another host; null unless it is
     */
    record Row(
            VolumeId id,
            AccountId account,
            String zone,
            @Nullable Place place,
            VolumeShape shape,
            VolumeState state,
            @Nullable Digest image,
            @Nullable SnapshotId snapshot,
            boolean filled,
            Instant created,
            Generation generation,
            boolean autoEnableIo,
            @Nullable Attachment attachment,
            @Nullable Transit transit) {
        /** The snapshot that all of its bytes are in, while its host makes it anew; null at any other time. */
        @Nullable
        SnapshotId carrier() {
            return transit != null && transit.state() == VolumeMoveState.FILLING ? transit.carrier() : null;
        }

        /** What its host is told. */
        VolumeSpec spec(Place at) {
            var presence = state == VolumeState.DELETING ? Presence.ABSENT : Presence.PRESENT;
            var carrier = carrier();
            var spec = new VolumeSpec(
                    id,
                    account,
                    generation,
                    presence,
                    at.backend(),
                    shape.sizeGib() * GIB,
                    carrier == null ? image : null,
                    VolumePerformance.of(shape),
                    carrier == null ? snapshot : carrier);
            return (filled && carrier == null) || presence == Presence.ABSENT ? spec : spec.filledFirst();
        }
    }

    /** How a volume stands on its way to another host, and the snapshot that carries it. */
    record Transit(VolumeMoveState state, SnapshotId carrier) {}

    /** A host, and its storage driver. */
    record Place(HostId host, String backend) {}

    /** Inserts volumes with their places and attachments; returns their rows. */
    List<Row> insertAttached(AccountId account, List<NewInstanceVolume> volumes) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var rows = volumes.stream().map(v -> row(account, v, now)).toList();
        batches.batchUpdate("""
                WITH made AS (
                    INSERT INTO volume (id, account, zone, size_gib, type, iops, throughput, state, image, snapshot, filled, created, generation)
                    VALUES (:id, :account, :zone, :size, :type, :iops, :throughput, :state, :image, :snapshot, :filled, :now, :generation)
                ), placed AS (
                    INSERT INTO volume_placement (volume, host, backend) VALUES (:id, :host, :backend)
                )
                INSERT INTO volume_attachment (volume, instance, device, boot, state, attached, delete_on_termination)
                VALUES (:id, :instance, :device, :boot, :attachmentState, :now, :deleteOnTermination)
                """, rows.stream().map(VolumeTable::columns).toArray(SqlParameterSource[]::new));
        return rows;
    }

    /** Inserts a volume that has no place and that no instance has. */
    void insert(Row row) {
        var shape = row.shape();
        jdbc.sql("""
                        INSERT INTO volume (id, account, zone, size_gib, type, iops, throughput, state, snapshot, filled, created, generation)
                        VALUES (:id, :account, :zone, :size, :type, :iops, :throughput, :state, :snapshot, :filled, :now, :generation)
                        """)
                .param("id", row.id().value())
                .param("account", row.account().value())
                .param("zone", row.zone())
                .param("size", shape.sizeGib())
                .param("type", shape.type().ec2Name())
                .param("iops", shape.iops(), Types.INTEGER)
                .param("throughput", shape.throughput(), Types.INTEGER)
                .param("state", row.state().name())
                .param("snapshot", text(row.snapshot()), Types.VARCHAR)
                .param("filled", row.filled())
                .param("now", Instants.column(row.created()))
                .param("generation", row.generation().value())
                .update();
    }

    private static @Nullable String text(@Nullable SnapshotId snapshot) {
        return snapshot == null ? null : snapshot.value();
    }

    /** Gives a volume that has none its place. */
    void place(VolumeId id, Place place) {
        jdbc.sql("INSERT INTO volume_placement (volume, host, backend) VALUES (:id, :host, :backend)")
                .param("id", id.value())
                .param("host", place.host().value())
                .param("backend", place.backend())
                .update();
    }

    /** Gives a volume that has a place another, or the same, and raises its generation: hosts are told something else from now on. */
    void relocate(VolumeId id, Place place) {
        jdbc.sql("""
                        WITH placed AS (UPDATE volume_placement SET host = :host, backend = :backend WHERE volume = :id)
                        UPDATE volume SET generation = generation + 1 WHERE id = :id
                        """)
                .param("id", id.value())
                .param("host", place.host().value())
                .param("backend", place.backend())
                .update();
    }

    /**
     * Plugs a volume in that is plugged in nowhere.
     *
     * @param live whether into a machine that runs, which has it once its host says so
     */
    void attach(VolumeId id, Attachment attachment, boolean live) {
        jdbc.sql("""
                        INSERT INTO volume_attachment (volume, instance, device, boot, state, attached, delete_on_termination, live)
                        VALUES (:id, :instance, :device, :boot, :state, :now, :deleteOnTermination, :live)
                        """)
                .param("id", id.value())
                .param("instance", attachment.instance().value())
                .param("device", attachment.device())
                .param("boot", attachment.boot())
                .param("state", attachment.state().name())
                .param("now", Instants.column(attachment.attached()))
                .param("deleteOnTermination", attachment.deleteOnTermination())
                .param("live", live)
                .update();
    }

    void detach(VolumeId id) {
        jdbc.sql("DELETE FROM volume_attachment WHERE volume = :id")
                .param("id", id.value())
                .update();
    }

    /** Makes the volume what it is to be; returns the generation that says so. */
    Generation reshape(VolumeId id, VolumeShape shape) {
        return jdbc.sql("""
                        UPDATE volume SET size_gib = :size, type = :type, iops = :iops, throughput = :throughput,
                            generation = generation + 1
                        WHERE id = :id RETURNING generation
                        """)
                .param("size", shape.sizeGib())
                .param("type", shape.type().ec2Name())
                .param("iops", shape.iops(), Types.INTEGER)
                .param("throughput", shape.throughput(), Types.INTEGER)
                .param("id", id.value())
                .query((row, _) -> new Generation(row.getLong("generation")))
                .single();
    }

    /** Raises the generations of the volumes whose hosts were told no limits; returns those. */
    List<VolumeId> tellLimits() {
        return jdbc.sql("""
                        UPDATE volume SET limits_told = true, generation = generation + 1
                        WHERE NOT limits_told AND state <> 'DELETING' RETURNING id
                        """)
                .query((row, _) -> new VolumeId(row.getString("id")))
                .list();
    }

    /** The host has the volume: whatever it was made of, it needs no more, which is a change for the host. Whether it was not filled before. */
    boolean fill(VolumeId id, HostId host) {
        return jdbc.sql("""
                        UPDATE volume v SET filled = true, generation = v.generation + 1 FROM volume_placement p
                        WHERE v.id = :id AND NOT v.filled AND p.volume = v.id AND p.host = :host
                        """).param("id", id.value()).param("host", host.value()).update() == 1;
    }

    /** The snapshots whose blocks some volume needs yet. */
    Set<SnapshotId> needed() {
        return jdbc.sql("SELECT DISTINCT snapshot FROM volume WHERE NOT filled AND state <> 'DELETING'")
                .query((row, _) -> new SnapshotId(row.getString("snapshot")))
                .set();
    }

    /** The volumes that need a snapshot's blocks yet. */
    List<VolumeId> unfilled(SnapshotId snapshot) {
        return jdbc.sql(
                        "SELECT id FROM volume WHERE snapshot = :snapshot AND NOT filled AND state <> 'DELETING' ORDER BY id")
                .param("snapshot", snapshot.value())
                .query((row, _) -> new VolumeId(row.getString("id")))
                .list();
    }

    /** Whether a host is to make a volume of a snapshot. */
    boolean makes(HostId host, SnapshotId snapshot) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM volume v JOIN volume_placement p ON p.volume = v.id
                            WHERE v.snapshot = :snapshot AND NOT v.filled AND v.state <> 'DELETING' AND p.host = :host)
                        """)
                .param("snapshot", snapshot.value())
                .param("host", host.value())
                .query(Boolean.class)
                .single();
    }

    void setAutoEnableIo(VolumeId id, boolean on) {
        jdbc.sql("UPDATE volume SET auto_enable_io = :on WHERE id = :id")
                .param("on", on)
                .param("id", id.value())
                .update();
    }

    /** Deletes the rows of those that are to be deleted and have no place; returns them. */
    List<VolumeId> deletePlaceless(Collection<VolumeId> ids) {
        return jdbc.sql("""
                        DELETE FROM volume v WHERE id = ANY(:ids) AND state = 'DELETING'
                            AND NOT EXISTS (SELECT FROM volume_placement p WHERE p.volume = v.id) RETURNING id
                        """)
                .param("ids", ids.stream().map(VolumeId::value).toArray(String[]::new))
                .query((row, _) -> new VolumeId(row.getString("id")))
                .list();
    }

    /** Those of the instances that have no volume to boot from. */
    List<InstanceId> rootless(Collection<InstanceId> instances) {
        return jdbc.sql("""
                        SELECT i.id FROM unnest(:ids) AS i (id)
                        WHERE NOT EXISTS (SELECT FROM volume_attachment a WHERE a.instance = i.id AND a.boot)
                        """)
                .param("ids", instances.stream().map(InstanceId::value).toArray(String[]::new))
                .query((row, _) -> new InstanceId(row.getString("id")))
                .list();
    }

    private static Row row(AccountId account, NewInstanceVolume volume, Instant now) {
        return new Row(
                volume.id(),
                account,
                volume.zone(),
                new Place(volume.host(), volume.backend()),
                volume.shape(),
                VolumeState.CREATING,
                volume.image(),
                volume.snapshot(),
                volume.snapshot() == null,
                now,
                Generation.FIRST,
                false,
                new Attachment(
                        volume.instance(),
                        volume.device(),
                        volume.boot(),
                        AttachmentState.ATTACHING,
                        now,
                        volume.deleteOnTermination()),
                null);
    }

    private static SqlParameterSource columns(Row row) {
        var shape = row.shape();
        var attachment = Objects.requireNonNull(row.attachment());
        var place = Objects.requireNonNull(row.place());
        var image = row.image();
        return new MapSqlParameterSource()
                .addValue("id", row.id().value())
                .addValue("account", row.account().value())
                .addValue("zone", row.zone())
                .addValue("host", place.host().value())
                .addValue("backend", place.backend())
                .addValue("size", shape.sizeGib())
                .addValue("type", shape.type().ec2Name())
                .addValue("iops", shape.iops(), Types.INTEGER)
                .addValue("throughput", shape.throughput(), Types.INTEGER)
                .addValue("state", row.state().name())
                .addValue("image", image == null ? null : image.hex(), Types.VARCHAR)
                .addValue("snapshot", text(row.snapshot()), Types.VARCHAR)
                .addValue("filled", row.filled())
                .addValue("now", Instants.column(row.created()))
                .addValue("generation", row.generation().value())
                .addValue("instance", attachment.instance().value())
                .addValue("device", attachment.device())
                .addValue("boot", attachment.boot())
                .addValue("attachmentState", attachment.state().name())
                .addValue("deleteOnTermination", attachment.deleteOnTermination());
    }

    List<Row> load(Collection<String> ids) {
        return jdbc.sql(SELECT + "WHERE v.id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    Optional<Row> find(VolumeId id) {
        return load(List.of(id.value())).stream().findFirst();
    }

    List<Row> of(AccountId account) {
        return jdbc.sql(SELECT + "WHERE v.account = :account ORDER BY v.id")
                .param("account", account.value())
                .query((row, _) -> row(row))
                .list();
    }

    List<Row> all() {
        return jdbc.sql(SELECT + "ORDER BY v.account, v.id")
                .query((row, _) -> row(row))
                .list();
    }

    /** The account's volumes that no instance has, without those that a restore has frozen or whose host it awaits. */
    List<VolumeId> loose(AccountId account) {
        return jdbc.sql("""
                        SELECT id FROM volume v WHERE account = :account AND state = 'AVAILABLE'
                            AND NOT EXISTS (SELECT FROM frozen f WHERE f.id = v.id)
                            AND NOT EXISTS (
                                SELECT FROM volume_placement p JOIN host_recovery r ON r.host = p.host WHERE p.volume = v.id)
                        ORDER BY id
                        """)
                .param("account", account.value())
                .query((row, _) -> new VolumeId(row.getString("id")))
                .list();
    }

    /** The instances' volumes, the boot volume first. */
    List<Row> ofInstances(Collection<InstanceId> instances) {
        return jdbc.sql(SELECT + "WHERE a.instance = ANY(:ids) ORDER BY a.boot DESC, a.device")
                .param("ids", instances.stream().map(InstanceId::value).toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    /**
     * Moves volumes on, those in which the event means something, and raises their generations when that is a change for their hosts.
     *
     * @return the volumes that were moved
     */
    List<VolumeId> move(Collection<VolumeId> ids, VolumeEvent event) {
        var table = VolumeTransitions.TABLE;
        return jdbc.sql("WITH old AS (SELECT id, state FROM volume WHERE id = ANY(:ids) AND "
                        + table.guard("state", event)
                        + " ORDER BY id FOR UPDATE) UPDATE volume v SET state = " + table.next("old.state", event)
                        + ", generation = v.generation + :raise FROM old WHERE v.id = old.id RETURNING v.id, old.state")
                .param("ids", ids.stream().map(VolumeId::value).toArray(String[]::new))
                .param("raise", event == VolumeEvent.DELETE_REQUESTED || event == VolumeEvent.ATTACH_REQUESTED ? 1 : 0)
                .query((row, _) -> {
                    table.visit(VolumeState.valueOf(row.getString("state")), event);
                    return new VolumeId(row.getString("id"));
                })
                .list();
    }

    /** Sets whether a volume goes with the instance that has it. */
    void setDeleteOnTermination(VolumeId volume, InstanceId instance, boolean goes) {
        jdbc.sql(
                        "UPDATE volume_attachment SET delete_on_termination = :goes WHERE volume = :volume AND instance = :instance")
                .param("goes", goes)
                .param("volume", volume.value())
                .param("instance", instance.value())
                .update();
    }

    /** The volume's host has it as it was told then: its attachment is one now, unless it is ending already, was asked for since, or is that of a machine that runs. */
    void completeAttachment(VolumeId volume, Generation told) {
        jdbc.sql("""
                        UPDATE volume_attachment a SET state = 'ATTACHED' FROM volume v
                        WHERE v.id = a.volume AND v.id = :id AND a.state = 'ATTACHING' AND NOT a.live AND v.generation <= :told
                        """).param("id", volume.value()).param("told", told.value()).update();
    }

    /** The instance's volumes that are on their way into its machine or out of it, in the order of their ids. */
    List<VolumeId> onTheirWay(InstanceId instance) {
        return jdbc.sql("""
                        SELECT volume FROM volume_attachment
                        WHERE instance = :instance AND ((state = 'ATTACHING' AND live) OR state = 'DETACHING') ORDER BY volume
                        """)
                .param("instance", instance.value())
                .query((row, _) -> new VolumeId(row.getString("volume")))
                .list();
    }

    /** Those of the volumes have come into the instance's machine; returns them. */
    List<VolumeId> completeAttachments(InstanceId instance, Collection<VolumeId> volumes) {
        return jdbc.sql("""
                        UPDATE volume_attachment SET state = 'ATTACHED'
                        WHERE instance = :instance AND volume = ANY(:ids) AND state = 'ATTACHING' RETURNING volume
                        """)
                .param("instance", instance.value())
                .param("ids", volumes.stream().map(VolumeId::value).toArray(String[]::new))
                .query((row, _) -> new VolumeId(row.getString("volume")))
                .list();
    }

    /** Those of the volumes have come out of the instance's machine, and are to; returns them. */
    List<VolumeId> completeDetachments(InstanceId instance, Collection<VolumeId> volumes) {
        return jdbc.sql("""
                        DELETE FROM volume_attachment
                        WHERE instance = :instance AND volume = ANY(:ids) AND state = 'DETACHING' RETURNING volume
                        """)
                .param("instance", instance.value())
                .param("ids", volumes.stream().map(VolumeId::value).toArray(String[]::new))
                .query((row, _) -> new VolumeId(row.getString("volume")))
                .list();
    }

    /** Locks the volumes, in the order of their ids: before their attachments, as whoever takes in what their hosts see of them does. */
    void lock(Collection<VolumeId> volumes) {
        jdbc.sql("SELECT id FROM volume WHERE id = ANY(:ids) ORDER BY id FOR UPDATE")
                .param("ids", volumes.stream().map(VolumeId::value).toArray(String[]::new))
                .query(String.class)
                .list();
    }

    void beginDetaching(Collection<VolumeId> volumes) {
        jdbc.sql("UPDATE volume_attachment SET state = 'DETACHING' WHERE volume = ANY(:ids)")
                .param("ids", volumes.stream().map(VolumeId::value).toArray(String[]::new))
                .update();
    }

    /** The volume is not to come into the instance's machine, which runs, any more; whether it was to. */
    boolean giveUpAttaching(VolumeId volume, InstanceId instance) {
        return jdbc.sql("""
                        UPDATE volume_attachment SET state = 'DETACHING'
                        WHERE volume = :volume AND instance = :instance AND state = 'ATTACHING' AND live
                        """)
                        .param("volume", volume.value())
                        .param("instance", instance.value())
                        .update()
                == 1;
    }

    /** Ends the attachments of an instance; returns the volumes that were attached and are not being deleted. */
    List<VolumeId> endAttachments(InstanceId instance) {
        return jdbc.sql("""
                        DELETE FROM volume_attachment a USING volume v
                        WHERE a.instance = :instance AND v.id = a.volume AND v.state <> 'DELETING' RETURNING v.id
                        """)
                .param("instance", instance.value())
                .query((row, _) -> new VolumeId(row.getString("id")))
                .list();
    }

    /** Deletes the row of a volume that was to be deleted and that its host has {@code proved} gone. */
    boolean deleteProvedGone(VolumeId id, HostId host, Generation proved) {
        return jdbc.sql("""
                        DELETE FROM volume v USING volume_placement p
                        WHERE v.id = :id AND p.volume = v.id AND p.host = :host AND v.state = 'DELETING' AND v.generation <= :generation
                        """)
                        .param("id", id.value())
                        .param("host", host.value())
                        .param("generation", proved.value())
                        .update()
                == 1;
    }

    private static Row row(ResultSet row) throws SQLException {
        var image = row.getString("image");
        var snapshot = row.getString("snapshot");
        return new Row(
                new VolumeId(row.getString("id")),
                new AccountId(row.getString("account")),
                row.getString("zone"),
                place(row),
                new VolumeShape(
                        VolumeType.named(row.getString("type")),
                        row.getInt("size_gib"),
                        row.getObject("iops", Integer.class),
                        row.getObject("throughput", Integer.class)),
                VolumeState.valueOf(row.getString("state")),
                image == null ? null : new Digest(image),
                snapshot == null ? null : new SnapshotId(snapshot),
                row.getBoolean("filled"),
                Instants.of(row, "created"),
                new Generation(row.getLong("generation")),
                row.getBoolean("auto_enable_io"),
                attachment(row),
                transit(row));
    }

    private static @Nullable Transit transit(ResultSet row) throws SQLException {
        var state = row.getString("move_state");
        return state == null
                ? null
                : new Transit(VolumeMoveState.valueOf(state), new SnapshotId(row.getString("carrier")));
    }

    private static @Nullable Place place(ResultSet row) throws SQLException {
        var host = row.getString("host");
        return host == null ? null : new Place(new HostId(host), row.getString("backend"));
    }

    private static @Nullable Attachment attachment(ResultSet row) throws SQLException {
        var instance = row.getString("instance");
        return instance == null
                ? null
                : new Attachment(
                        new InstanceId(instance),
                        row.getString("device"),
                        row.getBoolean("boot"),
                        AttachmentState.valueOf(row.getString("attachment_state")),
                        Instants.of(row, "attached"),
                        row.getBoolean("delete_on_termination"));
    }
}
