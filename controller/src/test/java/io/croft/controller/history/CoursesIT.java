package io.croft.controller.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.context.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ComputeTest
class CoursesIT {
    private static final Instant REACHED = Instant.parse("2026-01-01T00:00:00Z");

    @Autowired
    ComputeWorld world;

    @Autowired
    Courses courses;

    private Caller caller;

    @BeforeEach
    void start() {
        caller = world.tenant();
    }

    private Course course(String resource, String step) {
        return new Course(
                caller.account(),
                resource,
                REACHED,
                List.of(new Step(step, "host", null, Duration.ZERO, Duration.ofMillis(1))));
    }

    @Test
    void oneThatCannotBeWrittenKeepsNoOtherFromIt() {
        courses.add(course("first", "commit"));
        courses.add(course("hostile", "a\0b"));
        courses.add(course("last", "commit"));
        assertThat(courses.of(caller.account(), "last")).hasSize(1);
        assertThat(courses.of(caller.account(), "first")).hasSize(1);
        assertThat(courses.of(caller.account(), "hostile")).isEmpty();
    }
}
