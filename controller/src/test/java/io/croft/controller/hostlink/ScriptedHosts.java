package io.croft.controller.hostlink;

import io.croft.types.HostId;
import java.util.random.RandomGenerator;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Makes hosts for tests of the domains; to be imported into a test's context. */
@TestComponent
public class ScriptedHosts {
    private final ReportIntake intake;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final RandomGenerator random;

    ScriptedHosts(ReportIntake intake, JdbcClient jdbc, JsonMapper json, RandomGenerator random) {
        this.intake = intake;
        this.jdbc = jdbc;
        this.json = json;
        this.random = random;
    }

    /** A host that is ready for claims; four virtual CPUs are promised for each of its CPUs. */
    public ScriptedHost add(String zone, int cpus) {
        var id = HostId.random(random);
        var host = new ScriptedHost(id, zone, cpus, intake, jdbc, json);
        jdbc.sql("INSERT INTO host (id, name, zone, state, enrolled) VALUES (?, ?, ?, 'ENROLLED', now())")
                .params(id.value(), host.name(), zone)
                .update();
        jdbc.sql("INSERT INTO host_capacity (host) VALUES (?)")
                .param(id.value())
                .update();
        jdbc.sql("INSERT INTO host_session (host) VALUES (?)").param(id.value()).update();
        host.comeUp();
        return host;
    }

    /** Takes all hosts out of placement, so that a test sees only its own. */
    public void retireAll() {
        jdbc.sql("UPDATE host SET zone = 'retired'").update();
    }
}
