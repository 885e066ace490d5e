package io.croft.controller.image;

import io.croft.controller.blockstorage.snapshot.SnapshotUser;
import io.croft.types.SnapshotId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The images that need snapshots: those that are, or may still become, such that instances are made of them. */
@Component
class ImageSnapshots implements SnapshotUser {
    private final JdbcClient jdbc;

    ImageSnapshots(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> userOf(SnapshotId snapshot) {
        return jdbc.sql("""
                        SELECT i.id FROM image i
                        WHERE i.state IN ('PENDING', 'AVAILABLE') AND (i.root_snapshot = :id
                            OR EXISTS (SELECT FROM image_device d WHERE d.image = i.id AND d.snapshot = :id))
                        ORDER BY i.id LIMIT 1
                        """).param("id", snapshot.value()).query(String.class).optional();
    }
}
