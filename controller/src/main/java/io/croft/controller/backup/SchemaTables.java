package io.croft.controller.backup;

import io.croft.rest.backup.BackupManifest.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables of a schema that archives hold.
 *
 * @param tables each after those that its rows refer to, as far as that is checked with each row
 * @param sequences the value that each gives next, by name; those behind identity columns are among them
 */
record SchemaTables(String schema, List<Table> tables, Map<String, Long> sequences) {
    /** What is this database's own and no part of an archive. */
    private static final Set<String> LEFT_OUT = Set.of("flyway_schema_history", "backup_kept", "archive_load");

    static SchemaTables of(JdbcClient jdbc, String schema) {
        return new SchemaTables(schema, sorted(columns(jdbc, schema), references(jdbc, schema)), next(jdbc, schema));
    }

    /** The schema in which the controller works. */
    static String current(JdbcClient jdbc) {
        return jdbc.sql("SELECT current_schema()").query(String.class).single();
    }

    /** A name as SQL takes it. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    String qualified(String table) {
        return quoted(schema) + "." + quoted(table);
    }

    static String list(Table table) {
        return String.join(
                ", ", table.columns().stream().map(SchemaTables::quoted).toList());
    }

    private static Map<String, List<String>> columns(JdbcClient jdbc, String schema) {
        var columns = new LinkedHashMap<String, List<String>>();
        jdbc.sql("""
            SELECT c.relname AS name, a.attname AS column FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE n.nspname = :schema AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            ORDER BY c.relname, a.attnum\
            """).param("schema", schema).query(row -> {
            if (!LEFT_OUT.contains(row.getString("name"))) {
                columns.computeIfAbsent(row.getString("name"), _ -> new ArrayList<>())
                        .add(row.getString("column"));
            }
        });
        return columns;
    }

    /** Which tables each one's rows need before them. A constraint that can be deferred is checked at the end and orders nothing. */
    private static Map<String, Set<String>> references(JdbcClient jdbc, String schema) {
        var references = new TreeMap<String, Set<String>>();
        jdbc.sql("""
            SELECT t.relname AS name, r.relname AS needs FROM pg_constraint k
                JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid JOIN pg_namespace n ON n.oid = t.relnamespace
            WHERE n.nspname = :schema AND k.contype = 'f' AND NOT k.condeferrable AND t.oid <> r.oid\
            """).param("schema", schema).query(row -> {
            references
                    .computeIfAbsent(row.getString("name"), _ -> new TreeSet<>())
                    .add(row.getString("needs"));
        });
        return references;
    }

    private static List<Table> sorted(Map<String, List<String>> columns, Map<String, Set<String>> references) {
        var sorted = new ArrayList<Table>();
        var placed = new HashSet<String>();
        while (placed.size() < columns.size()) {
            var before = placed.size();
            columns.forEach((name, list) -> {
                if (!placed.contains(name) && placed.containsAll(references.getOrDefault(name, Set.of()))) {
                    placed.add(name);
                    sorted.add(new Table(name, list));
                }
            });
            if (placed.size() == before) {
                throw new IllegalStateException("tables refer to each other in a circle beside " + placed);
            }
        }
        return sorted;
    }

    private static Map<String, Long> next(JdbcClient jdbc, String schema) {
        var next = new TreeMap<String, Long>();
        for (var sequence : jdbc.sql("SELECT sequencename FROM pg_sequences WHERE schemaname = :schema")
                .param("schema", schema)
                .query(String.class)
                .list()) {
            next.put(
                    sequence,
                    jdbc.sql("SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM " + quoted(schema) + "."
                                    + quoted(sequence))
                            .query(Long.class)
                            .single());
        }
        return next;
    }
}
