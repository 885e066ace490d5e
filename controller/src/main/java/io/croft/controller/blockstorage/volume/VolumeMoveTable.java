package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeTable.Place;
import io.croft.controller.context.Instants;
import io.croft.protocol.Presence;
import io.croft.protocol.VolumeSpec;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code volume_move}, whose state changes only by {@link VolumeMoveTransitions}, and {@code volume_leftover}. Whoever writes them has locked the volume, if there is one yet. */
@Component
class VolumeMoveTable {
    private static final long GIB = 1L << 30;

    private final JdbcClient jdbc;

    VolumeMoveTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A volume on its way.
     *
     * @param carrier the snapshot that carries its bytes
     * @param failingSince since when the other host says that it cannot make it; null while it does not
     */
    record Move(
            VolumeId volume,
            Place from,
            Place to,
            SnapshotId carrier,
            VolumeMoveState state,
            Instant begun,
            @Nullable Instant failingSince) {}

    /** What a host is to remove of a volume that is elsewhere. */
    record Leftover(VolumeId volume, AccountId account, Place place, int sizeGib, Generation generation) {
        /** What the host is told. */
        VolumeSpec spec() {
            return new VolumeSpec(
                    volume, account, generation, Presence.ABSENT, place.backend(), sizeGib * GIB, null, null, null);
        }
    }

    void insert(Move move) {
        jdbc.sql("""
                        INSERT INTO volume_move (volume, from_host, from_backend, to_host, to_backend, carrier, state, begun)
                        VALUES (:volume, :fromHost, :fromBackend, :toHost, :toBackend, :carrier, :state, :begun)
                        """)
                .param("volume", move.volume().value())
                .param("fromHost", move.from().host().value())
                .param("fromBackend", move.from().backend())
                .param("toHost", move.to().host().value())
                .param("toBackend", move.to().backend())
                .param("carrier", move.carrier().value())
                .param("state", move.state().name())
                .param("begun", Instants.column(move.begun()))
                .update();
    }

    List<Move> load(Collection<VolumeId> volumes) {
        return jdbc.sql("SELECT * FROM volume_move WHERE volume = ANY(:volumes) ORDER BY volume")
                .param("volumes", volumes.stream().map(VolumeId::value).toArray(String[]::new))
                .query((row, _) -> move(row))
                .list();
    }

    Optional<Move> find(VolumeId volume) {
        return load(List.of(volume)).stream().findFirst();
    }

    List<Move> all() {
        return jdbc.sql("SELECT * FROM volume_move ORDER BY volume")
                .query((row, _) -> move(row))
                .list();
    }

    /** All moves but those that a restore has frozen or of whose hosts it awaits one. */
    List<VolumeId> atHand() {
        return jdbc.sql("""
                        SELECT volume FROM volume_move m
                        WHERE NOT EXISTS (SELECT FROM frozen f WHERE f.id = m.volume)
                            AND NOT EXISTS (SELECT FROM host_recovery r WHERE r.host IN (m.from_host, m.to_host))
                        ORDER BY volume
                        """)
                .query((row, _) -> new VolumeId(row.getString("volume")))
                .list();
    }

    /** The volumes that hosts make of a carrier: those need its blocks. */
    List<VolumeId> carriedBy(SnapshotId carrier) {
        return jdbc.sql("SELECT volume FROM volume_move WHERE carrier = :carrier")
                .param("carrier", carrier.value())
                .query((row, _) -> new VolumeId(row.getString("volume")))
                .list();
    }

    Set<SnapshotId> carriers() {
        return jdbc.sql("SELECT carrier FROM volume_move")
                .query((row, _) -> new SnapshotId(row.getString("carrier")))
                .set();
    }

    /** Whether a host is to make a volume of a carrier. */
    boolean fills(HostId host, SnapshotId carrier) {
        return jdbc.sql(
                        "SELECT EXISTS (SELECT FROM volume_move WHERE carrier = :carrier AND to_host = :host AND state = 'FILLING')")
                .param("carrier", carrier.value())
                .param("host", host.value())
                .query(Boolean.class)
                .single();
    }

    /** All of the volume is in the store; whether that was news. */
    boolean copied(Move move) {
        var table = VolumeMoveTransitions.TABLE;
        var event = VolumeMoveEvent.COPIED;
        var moved = jdbc.sql("UPDATE volume_move SET state = " + table.next("state", event)
                                + " WHERE volume = :volume AND carrier = :carrier AND " + table.guard("state", event))
                        .param("volume", move.volume().value())
                        .param("carrier", move.carrier().value())
                        .update()
                == 1;
        if (moved) {
            table.visit(move.state(), event);
        }
        return moved;
    }

    /** The move ends by an event that means something in its state; whether it did. */
    boolean end(Move move, VolumeMoveEvent event) {
        var table = VolumeMoveTransitions.TABLE;
        var ended = jdbc.sql("DELETE FROM volume_move WHERE volume = :volume AND carrier = :carrier AND "
                                + table.guard("state", event))
                        .param("volume", move.volume().value())
                        .param("carrier", move.carrier().value())
                        .update()
                == 1;
        if (ended) {
            table.visit(move.state(), event);
        }
        return ended;
    }

    void failing(VolumeId volume, @Nullable Instant since) {
        jdbc.sql("UPDATE volume_move SET failing_since = CAST(:since AS timestamptz) WHERE volume = :volume")
                .param("since", since == null ? null : Instants.column(since))
                .param("volume", volume.value())
                .update();
    }

    void insert(Leftover leftover) {
        jdbc.sql("""
                        INSERT INTO volume_leftover (volume, host, account, backend, size_gib, generation)
                        VALUES (:volume, :host, :account, :backend, :size, :generation)
                        """)
                .param("volume", leftover.volume().value())
                .param("host", leftover.place().host().value())
                .param("account", leftover.account().value())
                .param("backend", leftover.place().backend())
                .param("size", leftover.sizeGib())
                .param("generation", leftover.generation().value())
                .update();
    }

    boolean hasLeftover(VolumeId volume, HostId host) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM volume_leftover WHERE volume = :volume AND host = :host)")
                .param("volume", volume.value())
                .param("host", host.value())
                .query(Boolean.class)
                .single();
    }

    List<Leftover> leftovers(HostId host) {
        return leftovers("host", host.value());
    }

    List<Leftover> leftovers(AccountId account) {
        return leftovers("account", account.value());
    }

    private List<Leftover> leftovers(String column, String value) {
        return jdbc.sql("SELECT * FROM volume_leftover WHERE " + column + " = :value ORDER BY volume, host")
                .param("value", value)
                .query((row, _) -> new Leftover(
                        new VolumeId(row.getString("volume")),
                        new AccountId(row.getString("account")),
                        new Place(new HostId(row.getString("host")), row.getString("backend")),
                        row.getInt("size_gib"),
                        new Generation(row.getLong("generation"))))
                .list();
    }

    /** A host has {@code proved} that it has nothing of the volume any more; whether it had something to remove. */
    boolean provedGone(VolumeId volume, HostId host, Generation proved) {
        return jdbc.sql(
                                "DELETE FROM volume_leftover WHERE volume = :volume AND host = :host AND generation <= :generation")
                        .param("volume", volume.value())
                        .param("host", host.value())
                        .param("generation", proved.value())
                        .update()
                == 1;
    }

    private static Move move(ResultSet row) throws SQLException {
        return new Move(
                new VolumeId(row.getString("volume")),
                new Place(new HostId(row.getString("from_host")), row.getString("from_backend")),
                new Place(new HostId(row.getString("to_host")), row.getString("to_backend")),
                new SnapshotId(row.getString("carrier")),
                VolumeMoveState.valueOf(row.getString("state")),
                Instants.of(row, "begun"),
                Instants.ofNullable(row, "failing_since"));
    }
}
