package io.croft.controller.compute.image;

import io.croft.controller.context.Instants;
import io.croft.types.AccountId;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code instance_image} and {@code instance_image_volume}; the state changes only by {@link MakingTransitions}. */
@Component
class MakingTable {
    private final JdbcClient jdbc;

    MakingTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An image that is being made.
     *
     * @param request that asked for it
     * @param principal who did
     * @param since when it has been in its state
     * @param deadline of what is waited for
     * @param tags of its snapshots
     */
    record Row(
            ImageId image,
            AccountId account,
            InstanceId instance,
            String request,
            String principal,
            MakingState state,
            Instant since,
            Instant deadline,
            Map<String, String> tags) {}

    /** Inserts one whose devices are made of these volumes. */
    void insert(Row row, Map<VolumeId, String> devices) {
        var tags = new TreeMap<>(row.tags());
        jdbc.sql("""
                        INSERT INTO instance_image (image, account, instance, request, principal, state, since, deadline, tag_keys, tag_values)
                        VALUES (:image, :account, :instance, :request, :principal, :state, :since, :deadline, :keys, :values)
                        """)
                .param("image", row.image().value())
                .param("account", row.account().value())
                .param("instance", row.instance().value())
                .param("request", row.request())
                .param("principal", row.principal())
                .param("state", row.state().name())
                .param("since", Instants.column(row.since()))
                .param("deadline", Instants.column(row.deadline()))
                .param("keys", tags.keySet().toArray(String[]::new))
                .param("values", tags.values().toArray(String[]::new))
                .update();
        devices.forEach((volume, device) -> jdbc.sql(
                        "INSERT INTO instance_image_volume (image, volume, device) VALUES (:image, :volume, :device)")
                .param("image", row.image().value())
                .param("volume", volume.value())
                .param("device", device)
                .update());
    }

    /** The image for which an instance's machine rests. */
    Optional<ImageId> of(InstanceId instance) {
        return jdbc.sql("SELECT image FROM instance_image WHERE instance = :instance")
                .param("instance", instance.value())
                .query((row, _) -> new ImageId(row.getString("image")))
                .optional();
    }

    List<Row> all() {
        return jdbc.sql("SELECT * FROM instance_image ORDER BY image")
                .query((row, _) -> row(row))
                .list();
    }

    /** The row, which nobody else changes until the transaction ends. */
    Optional<Row> lock(ImageId image) {
        return jdbc.sql("SELECT * FROM instance_image WHERE image = :image FOR UPDATE")
                .param("image", image.value())
                .query((row, _) -> row(row))
                .optional();
    }

    /** The devices that are made of volumes, by these. */
    SequencedMap<VolumeId, String> devices(ImageId image) {
        var devices = new LinkedHashMap<VolumeId, String>();
        jdbc.sql("SELECT volume, device FROM instance_image_volume WHERE image = :image ORDER BY volume")
                .param("image", image.value())
                .query(row -> {
                    devices.put(new VolumeId(row.getString("volume")), row.getString("device"));
                });
        return devices;
    }

    /** The snapshots that were begun. */
    List<SnapshotId> snapshots(ImageId image) {
        return jdbc.sql("SELECT snapshot FROM instance_image_volume WHERE image = :image AND snapshot IS NOT NULL")
                .param("image", image.value())
                .query((row, _) -> new SnapshotId(row.getString("snapshot")))
                .list();
    }

    void begun(ImageId image, Map<VolumeId, SnapshotId> snapshots) {
        snapshots.forEach((volume, snapshot) -> jdbc.sql(
                        "UPDATE instance_image_volume SET snapshot = :snapshot WHERE image = :image AND volume = :volume")
                .param("snapshot", snapshot.value())
                .param("image", image.value())
                .param("volume", volume.value())
                .update());
    }

    /**
     * Makes a transition of a row that is locked; that which ends it deletes it.
     *
     * @param deadline how long is waited for what comes next
     */
    void move(Row row, MakingEvent event, Instant now, Duration deadline) {
        var next = MakingTransitions.TABLE
                .target(row.state(), event)
                .orElseThrow(() -> new IllegalStateException(event + " means nothing in " + row.state()));
        if (next == MakingState.ENDED) {
            jdbc.sql("DELETE FROM instance_image WHERE image = :image")
                    .param("image", row.image().value())
                    .update();
        } else {
            jdbc.sql(
                            "UPDATE instance_image SET state = :next, since = :since, deadline = :deadline WHERE image = :image")
                    .param("next", next.name())
                    .param("since", Instants.column(now))
                    .param("deadline", Instants.column(now.plus(deadline)))
                    .param("image", row.image().value())
                    .update();
        }
        MakingTransitions.TABLE.visit(row.state(), event);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new ImageId(row.getString("image")),
                new AccountId(row.getString("account")),
                new InstanceId(row.getString("instance")),
                row.getString("request"),
                row.getString("principal"),
                MakingState.valueOf(row.getString("state")),
                Instants.of(row, "since"),
                Instants.of(row, "deadline"),
                tags((String[]) row.getArray("tag_keys").getArray(), (String[])
                        row.getArray("tag_values").getArray()));
    }

    private static Map<String, String> tags(@Nullable String[] keys, @Nullable String[] values) {
        var tags = new HashMap<String, String>();
        for (var i = 0; i < keys.length; i++) {
            tags.put(Objects.requireNonNull(keys[i]), Objects.requireNonNull(values[i]));
        }
        return tags;
    }
}
