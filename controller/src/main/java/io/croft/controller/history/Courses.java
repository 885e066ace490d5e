package io.croft.controller.history;

import io.croft.controller.context.Instants;
import io.croft.types.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the time went until resources had come where they were to be; read by {@code croft ... why --steps}. Nobody who waits for a resource waits for this: what is added is written
 * a little later, many at once, and what a controller's end takes of it is not made up for.
 */
@Component
public class Courses {
    private static final Logger LOG = LoggerFactory.getLogger(Courses.class);
    private static final int MOST_UNWRITTEN = 1000;
    private static final int MOST_SHOWN = 20;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final LinkedBlockingDeque<Course> unwritten = new LinkedBlockingDeque<>(MOST_UNWRITTEN);

    Courses(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A step in its row; times are in microseconds. */
    private record Kept(String name, String where, @Nullable String within, long from, long took) {
        static Kept of(Step step) {
            return new Kept(step.name(), step.where(), step.within(), micros(step.from()), micros(step.took()));
        }

        private static long micros(Duration duration) {
            return duration.toNanos() / 1000;
        }

        Step step() {
            return new Step(
                    name, where, within, Duration.of(from, ChronoUnit.MICROS), Duration.of(took, ChronoUnit.MICROS));
        }
    }

    /** Adds what is to be written soon; of too many the oldest are left out. */
    public void add(Course course) {
        while (!unwritten.offerLast(course)) {
            unwritten.pollFirst();
        }
    }

    /** The newest of a resource, at most 20, oldest first. */
    public List<Course> of(AccountId account, String resourceId) {
        write();
        return jdbc.sql("""
                        SELECT reached, steps::text AS steps FROM history_course
                        WHERE resource_id = :id AND account = :account ORDER BY id DESC LIMIT :most
                        """)
                .param("id", resourceId)
                .param("account", account.value())
                .param("most", MOST_SHOWN)
                .query((row, _) -> course(account, resourceId, row))
                .list()
                .reversed();
    }

    private Course course(AccountId account, String resourceId, ResultSet row) throws SQLException {
        return new Course(account, resourceId, Instants.of(row, "reached"), read(row.getString("steps")));
    }

    private List<Step> read(String steps) {
        return Arrays.stream(json.readValue(steps, Kept[].class))
                .map(Kept::step)
                .toList();
    }

    /** Writes what was added; what cannot be written now is written later. */
    @Scheduled(fixedDelayString = "PT1S")
    public synchronized void write() {
        var courses = new ArrayList<Course>();
        unwritten.drainTo(courses);
        if (courses.isEmpty()) {
            return;
        }
        try {
            insertAll(courses);
        } catch (RuntimeException e) {
            courses.reversed().forEach(unwritten::offerFirst);
            throw e;
        }
    }

    /** One that can never be written, such as one with a name that is no text for the database, keeps no other from it. */
    private void insertAll(List<Course> courses) {
        try {
            insert(courses);
        } catch (DataIntegrityViolationException e) {
            if (courses.size() > 1) {
                courses.forEach(c -> insertAll(List.of(c)));
            } else {
                LOG.warn("The steps of {} cannot be kept", courses.getFirst().resourceId(), e);
            }
        }
    }

    /** Not worth waiting for the disk. */
    private void insert(List<Course> courses) {
        jdbc.sql("""
                        INSERT INTO history_course (account, resource_id, reached, steps)
                        SELECT account, resource_id, reached::timestamptz, steps::jsonb
                        FROM unnest(:accounts, :resources, :moments, :steps) AS c(account, resource_id, reached, steps),
                            (SELECT set_config('synchronous_commit', 'off', true)) AS hurry
                        """)
                .param("accounts", column(courses, c -> c.account().value()))
                .param("resources", column(courses, Course::resourceId))
                .param("moments", column(courses, c -> c.reached().toString()))
                .param(
                        "steps",
                        column(
                                courses,
                                c -> json.writeValueAsString(
                                        c.steps().stream().map(Kept::of).toList())))
                .update();
    }

    private static String[] column(List<Course> courses, Function<Course, String> value) {
        return courses.stream().map(value).toArray(String[]::new);
    }

    int forgetBefore(Instant limit) {
        return jdbc.sql("DELETE FROM history_course WHERE reached < :limit")
                .param("limit", Instants.column(limit))
                .update();
    }
}
