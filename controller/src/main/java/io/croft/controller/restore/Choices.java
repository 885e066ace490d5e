package io.croft.controller.restore;

import io.croft.types.HostId;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code restore_choice}. */
@Component
class Choices {
    private final JdbcClient jdbc;

    Choices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<String, Choice> all() {
        var all = new HashMap<String, Choice>();
        jdbc.sql("SELECT * FROM restore_choice").query(row -> {
            var host = row.getString("host");
            all.put(
                    row.getString("decision"),
                    new Choice(Choice.Kind.valueOf(row.getString("choice")), host == null ? null : new HostId(host)));
        });
        return all;
    }

    void put(String decision, Choice choice) {
        var host = choice.host();
        jdbc.sql("""
            INSERT INTO restore_choice (decision, choice, host) VALUES (:decision, :choice, :host)
            ON CONFLICT (decision) DO UPDATE SET choice = excluded.choice, host = excluded.host
            """)
                .param("decision", decision)
                .param("choice", choice.kind().name())
                .param("host", host == null ? null : host.value(), Types.VARCHAR)
                .update();
    }

    void drop(Collection<String> decisions) {
        jdbc.sql("DELETE FROM restore_choice WHERE decision = ANY(:decisions)")
                .param("decisions", decisions.toArray(String[]::new))
                .update();
    }
}
