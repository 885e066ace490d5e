package io.croft.testing;

import io.croft.types.AccountId;
import io.croft.types.SnapshotId;
import java.security.SecureRandom;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Completed snapshots of which the store has nothing, for tests that look at no blocks. */
public final class TestSnapshots {
    private static final SecureRandom RANDOM = new SecureRandom();

    private TestSnapshots() {}

    public static SnapshotId make(JdbcClient database, AccountId owner, int gib) {
        var id = SnapshotId.random(RANDOM);
        database.sql("""
                        INSERT INTO snapshot (id, account, lineage, lineage_key, size_gib, state, progress, description, started, completed)
                        VALUES (?, ?, md5(?), 'bm9uZQ==', ?, 'COMPLETED', 100, '', now(), now())
                        """).params(id.value(), owner.value(), id.value(), gib).update();
        return id;
    }

    /** Has a snapshot be in a state, whatever it was in. */
    public static void set(JdbcClient database, SnapshotId id, String state) {
        database.sql("""
                        UPDATE snapshot SET state = :state, message = CASE :state WHEN 'ERROR' THEN 'lost' END,
                            progress = CASE :state WHEN 'COMPLETED' THEN 100 ELSE 0 END, completed = CASE :state WHEN 'COMPLETED' THEN now() END
                        WHERE id = :id
                        """).param("state", state).param("id", id.value()).update();
    }
}
