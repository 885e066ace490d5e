package io.croft.controller.image;

import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.image.PendingImages.Filled;
import io.croft.types.ImageId;
import io.croft.types.SnapshotId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code image_device}. */
@Component
class ImageDevices {
    private final JdbcClient jdbc;

    ImageDevices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The devices of each image that has some, by its id and in the order of their names. */
    Map<String, List<ImageDevice>> of(Collection<String> images) {
        var devices = new HashMap<String, List<ImageDevice>>();
        jdbc.sql("SELECT * FROM image_device WHERE image = ANY(:images) ORDER BY image, device")
                .param("images", images.toArray(String[]::new))
                .query(row -> {
                    devices.computeIfAbsent(row.getString("image"), _ -> new ArrayList<>())
                            .add(device(row));
                });
        return devices;
    }

    List<ImageDevice> of(ImageId image) {
        return of(List.of(image.value())).getOrDefault(image.value(), List.of());
    }

    void insert(ImageId image, List<ImageDevice> devices) {
        for (var device : devices) {
            var shape = device.shape();
            var snapshot = device.snapshot();
            jdbc.sql("""
                            INSERT INTO image_device (image, device, snapshot, size_gib, least_gib, type, iops, throughput, delete_on_termination)
                            VALUES (:image, :device, :snapshot, :size, :least, :type, :iops, :throughput, :deleteOnTermination)
                            """)
                    .param("image", image.value())
                    .param("device", device.device())
                    .param("snapshot", snapshot == null ? null : snapshot.value(), Types.VARCHAR)
                    .param("size", shape.sizeGib())
                    .param("least", device.leastGib())
                    .param("type", shape.type().ec2Name())
                    .param("iops", shape.iops(), Types.INTEGER)
                    .param("throughput", shape.throughput(), Types.INTEGER)
                    .param("deleteOnTermination", device.deleteOnTermination())
                    .update();
        }
    }

    void fill(ImageId image, String device, Filled filled) {
        jdbc.sql("""
                        UPDATE image_device SET snapshot = :snapshot, least_gib = :size, size_gib = greatest(size_gib, :size)
                        WHERE image = :image AND device = :device
                        """)
                .param("snapshot", filled.snapshot().value())
                .param("size", filled.sizeGib())
                .param("image", image.value())
                .param("device", device)
                .update();
    }

    private static ImageDevice device(ResultSet row) throws SQLException {
        var snapshot = row.getString("snapshot");
        return new ImageDevice(
                row.getString("device"),
                new VolumeShape(
                        VolumeType.named(row.getString("type")),
                        row.getInt("size_gib"),
                        row.getObject("iops", Integer.class),
                        row.getObject("throughput", Integer.class)),
                snapshot == null ? null : new SnapshotId(snapshot),
                row.getInt("least_gib"),
                row.getBoolean("delete_on_termination"));
    }
}
