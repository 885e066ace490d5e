package io.croft.controller.tags;

import io.croft.types.AccountId;
import io.croft.types.ResourceType;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Resources that can carry tags and whose table has the columns {@code id} and {@code account}. */
public final class TaggableTable implements Taggable {
    private final JdbcClient jdbc;
    private final ResourceType type;
    private final String sql;

    /**
     * Names the table.
     *
     * @param condition the SQL condition that holds for the rows that a tenant sees
     */
    public TaggableTable(JdbcClient jdbc, ResourceType type, String table, String condition) {
        this.jdbc = jdbc;
        this.type = type;
        this.sql = "SELECT id FROM " + table + " WHERE id = ANY(:ids) AND account = :account AND (" + condition
                + ") ORDER BY id FOR NO KEY UPDATE";
    }

    @Override
    public ResourceType type() {
        return type;
    }

    @Override
    public Set<String> lockExisting(AccountId account, Collection<String> ids) {
        return Set.copyOf(jdbc.sql(sql)
                .param("ids", ids.toArray(String[]::new))
                .param("account", account.value())
                .query(String.class)
                .list());
    }
}
