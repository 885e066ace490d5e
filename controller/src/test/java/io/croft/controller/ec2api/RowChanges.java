package io.croft.controller.ec2api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * By how many rows tables have grown and shrunk. Triggers note it in the transaction that does it, so that it is known without counting the tables, which would take longer
 * than most requests.
 */
final class RowChanges implements AutoCloseable {
    private final JdbcClient database;

    RowChanges(JdbcClient database, List<String> tables) {
        this.database = database;
        database.sql("CREATE TABLE row_change (name text NOT NULL, rows bigint NOT NULL)")
                .update();
        database.sql("""
                        CREATE FUNCTION note_row_change() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN
                            INSERT INTO row_change
                            SELECT TG_TABLE_NAME, CASE TG_OP WHEN 'INSERT' THEN count(*) ELSE -count(*) END FROM changed HAVING count(*) > 0;
                            RETURN NULL;
                        END $$""").update();
        for (var table : tables) {
            watch(table, "INSERT", "NEW");
            watch(table, "DELETE", "OLD");
        }
    }

    private void watch(String table, String event, String rows) {
        database.sql(
                        "CREATE TRIGGER row_change_%s AFTER %s ON %s REFERENCING %s TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_row_change()"
                                .formatted(event, event, table, rows))
                .update();
    }

    /** The rows that each table has more since this was last asked; a table that is as it was is not named. */
    Map<String, Long> take() {
        var changes = new TreeMap<String, Long>();
        database.sql("DELETE FROM row_change RETURNING name, rows")
                .query((row, _) -> changes.merge(row.getString("name"), row.getLong("rows"), Long::sum))
                .list();
        return changes;
    }

    @Override
    public void close() {
        database.sql("DROP FUNCTION note_row_change CASCADE").update();
        database.sql("DROP TABLE row_change").update();
    }
}
