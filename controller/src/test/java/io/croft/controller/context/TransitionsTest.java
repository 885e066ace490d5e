package io.croft.controller.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.context.Transitions.Step;
import org.junit.jupiter.api.Test;

class TransitionsTest {
    enum Door {
        OPEN,
        SHUT,
        LOCKED,
        GONE
    }

    enum Event {
        PULL,
        TURN_KEY,
        DEMOLISH
    }

    private final Transitions<Door, Event> table = Transitions.<Door, Event>of("door", Door.OPEN)
            .terminal(Door.GONE)
            .on(Door.OPEN, Event.PULL, Door.SHUT)
            .on(Door.SHUT, Event.PULL, Door.OPEN)
            .on(Door.SHUT, Event.TURN_KEY, Door.LOCKED)
            .onAny(Event.DEMOLISH, Door.GONE);

    @Test
    void saysWhereAnEventLeads() {
        assertThat(table.target(Door.OPEN, Event.PULL)).contains(Door.SHUT);
        assertThat(table.target(Door.LOCKED, Event.PULL)).isEmpty();
        assertThat(table.target(Door.LOCKED, Event.DEMOLISH)).contains(Door.GONE);
        assertThat(table.target(Door.GONE, Event.DEMOLISH)).isEmpty();
    }

    @Test
    void rendersTheGuardOfAnUpdate() {
        assertThat(table.guard("d.state", Event.PULL)).isEqualTo("d.state IN ('OPEN', 'SHUT')");
        assertThat(table.next("d.state", Event.PULL))
                .isEqualTo("CASE d.state WHEN 'OPEN' THEN 'SHUT' WHEN 'SHUT' THEN 'OPEN' END");
    }

    @Test
    void knowsWhatWasNeverExercised() {
        table.visit(Door.OPEN, Event.PULL);
        table.visit(Door.SHUT, Event.PULL);
        assertThat(table.unvisited())
                .containsExactlyInAnyOrder(
                        new Step<>(Door.SHUT, Event.TURN_KEY),
                        new Step<>(Door.OPEN, Event.DEMOLISH),
                        new Step<>(Door.SHUT, Event.DEMOLISH),
                        new Step<>(Door.LOCKED, Event.DEMOLISH));
    }

    @Test
    void refusesContradictions() {
        assertThatThrownBy(() -> table.on(Door.OPEN, Event.PULL, Door.GONE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> table.on(Door.GONE, Event.PULL, Door.OPEN)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void drawsItself() {
        assertThat(table.mermaid())
                .startsWith("stateDiagram-v2\n    [*] --> OPEN\n    OPEN --> SHUT: PULL\n")
                .endsWith("    GONE --> [*]\n");
    }
}
