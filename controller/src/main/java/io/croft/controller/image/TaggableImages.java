package io.croft.controller.image;

import io.croft.controller.tags.Taggable;
import io.croft.types.AccountId;
import io.croft.types.ResourceType;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lets images carry tags: those of their owner only, and not past their end. */
@Component
class TaggableImages implements Taggable {
    private final JdbcClient jdbc;

    TaggableImages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public ResourceType type() {
        return ResourceType.IMAGE;
    }

    @Override
    public Set<String> lockExisting(AccountId account, Collection<String> ids) {
        return Set.copyOf(jdbc.sql("""
                        SELECT id FROM image WHERE id = ANY(:ids) AND account = :account AND state = 'AVAILABLE'
                        ORDER BY id FOR NO KEY UPDATE
                        """)
                .param("ids", ids.toArray(String[]::new))
                .param("account", account.value())
                .query(String.class)
                .list());
    }
}
