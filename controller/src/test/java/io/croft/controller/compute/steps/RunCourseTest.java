package io.croft.controller.compute.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.history.Step;
import io.croft.controller.hostlink.Delivery;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.DocumentSteps;
import io.croft.protocol.DocumentSteps.Call;
import io.croft.types.Generation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunCourseTest {
    private static final DocumentKey KEY = new DocumentKey(DocumentKind.INSTANCE, "i-0123456789abcdef0");

    /** On the host: 1 ms to store; two calls beside each other from 2 to 12, one from 15 to 95, ready at 96, told at 98. */
    private static final DocumentSteps HOST = new DocumentSteps(
            KEY,
            Generation.FIRST,
            1_000,
            96_000,
            98_000,
            List.of(
                    new Call("ApplyFirewall", "firewall", 2_000, 10_000, false),
                    new Call("EnsureVolume", "volume/vol-1", 2_000, 7_000, false),
                    new Call("StartMachine", KEY.toString(), 15_000, 80_000, false)));

    @Test
    void theStepsFollowOneAnotherAndMakeTheWhole() {
        var steps = RunCourse.of(delivery(0L, 10L, 12L, 15L, 120L, HOST), nanos(123));
        assertThat(steps)
                .extracting(s ->
                        s.name() + " " + s.from().toMillis() + " " + s.took().toMillis())
                .containsExactly(
                        "request 0 10",
                        "commit 10 2",
                        "stream 12 3",
                        "network 15 7",
                        "store 22 1",
                        "work 23 95",
                        "ApplyFirewall 24 10",
                        "EnsureVolume 24 7",
                        "StartMachine 37 80",
                        "between calls 23 5",
                        "report 118 2",
                        "visible 120 3",
                        "whole 0 123");
        assertThat(steps).filteredOn(s -> s.within() != null).allMatch(s -> "work".equals(s.within()));
        assertThat(sum(steps)).isEqualTo(steps.getLast().took());
    }

    @Test
    void theStreamMayReadBeforeTheWriterKnowsOfItsCommit() {
        var steps = RunCourse.of(delivery(0L, 10L, 14L, 12L, 120L, HOST), nanos(123));
        assertThat(steps).allMatch(s -> !s.took().isNegative());
        assertThat(sum(steps)).isEqualTo(Duration.ofMillis(123));
    }

    @Test
    void anAgentThatTellsNothingIsSaidToTellNothing() {
        var steps = RunCourse.of(delivery(0L, 10L, 12L, 15L, 120L, null), nanos(123));
        assertThat(steps)
                .filteredOn(s -> s.name().equals("host"))
                .singleElement()
                .returns(Duration.ofMillis(105), Step::took)
                .satisfies(s -> assertThat(s.where()).contains("did not tell"));
        assertThat(sum(steps)).isEqualTo(Duration.ofMillis(123));
    }

    /** The controller was started anew while the host worked, and no longer knows what came before. */
    @Test
    void whatWasNotSeenIsLeftOut() {
        var steps = RunCourse.of(delivery(null, null, null, null, 120L, HOST), nanos(123));
        assertThat(steps).extracting(Step::name).startsWith("store", "work").endsWith("report", "visible", "whole");
        assertThat(sum(steps)).isEqualTo(steps.getLast().took()).isEqualTo(Duration.ofMillis(101));
    }

    private static Duration sum(List<Step> steps) {
        return steps.stream()
                .filter(s -> s.within() == null && !s.name().equals("whole"))
                .map(Step::took)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Of moments in milliseconds. */
    private static Delivery delivery(
            @Nullable Long requested,
            @Nullable Long written,
            @Nullable Long committed,
            @Nullable Long told,
            @Nullable Long reported,
            @Nullable DocumentSteps steps) {
        return new Delivery(
                Generation.FIRST,
                moment(requested),
                moment(written),
                moment(committed),
                moment(told),
                moment(reported),
                steps);
    }

    private static @Nullable Long moment(@Nullable Long millis) {
        return millis == null ? null : Long.valueOf(nanos(millis));
    }

    /** From some beginning that means nothing, as that of the clock. */
    private static long nanos(long millis) {
        return Long.MAX_VALUE - 50_000_000 + millis * 1_000_000;
    }
}
