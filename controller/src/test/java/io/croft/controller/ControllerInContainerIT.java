package io.croft.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The whole controller starts on an empty database of the distribution's PostgreSQL, which is older than the embedded one. Needs a container
 * engine and {@code TEST_PG=docker}.
 */
@Tag("containers")
@SpringBootTest
class ControllerInContainerIT {
    private static final int PORT_IN_THE_CONTAINER = 5432;

    @Autowired
    JdbcClient database;

    @Test
    void talksToTheServerInTheContainer() {
        assertThat(database.sql("select inet_server_port()")
                        .query(Integer.class)
                        .single())
                .isEqualTo(PORT_IN_THE_CONTAINER);
    }

    @Test
    void runsEveryMigration() {
        assertThat(database.sql("select count(*) from flyway_schema_history where not success")
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
