package io.croft.controller.recovery;

import io.croft.controller.context.BackupPart;
import io.croft.controller.context.Finding;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Eras only go on: a host that has not spoken since the last restore may be in one that the archive has not heard of. */
@Component
class RecoveryBackup implements BackupPart {
    private final JdbcClient jdbc;

    RecoveryBackup(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<String> files() {
        return List.of();
    }

    @Override
    public List<Finding> examine(Map<String, byte[]> files, String schema) {
        return List.of();
    }

    @Override
    public List<String> revoke(String schema) {
        jdbc.sql("UPDATE " + schema + ".controller_era e SET era = now.era FROM controller_era now"
                        + " WHERE now.era > e.era")
                .update();
        return List.of();
    }
}
