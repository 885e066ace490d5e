package io.croft.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole controller starts on an empty database: every migration runs and every entity fits its table. */
@SpringBootTest
class ControllerStartIT {
    @Autowired
    JdbcClient database;

    @Test
    void startsFromAnEmptyDatabase() {
        assertThat(database.sql("select 1").query(Integer.class).single()).isEqualTo(1);
    }
}
