package io.croft.controller.restapi;

import io.croft.types.InstanceState;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is asked of instances and takes a while: the state in which it begins and where it should lead. */
enum OperationKind {
    LAUNCH(InstanceState.PENDING, InstanceState.RUNNING),
    START(InstanceState.PENDING, InstanceState.RUNNING),
    STOP(InstanceState.STOPPING, InstanceState.STOPPED),
    TERMINATE(InstanceState.SHUTTING_DOWN, InstanceState.TERMINATED);

    private final InstanceState begin;
    private final InstanceState goal;

    OperationKind(InstanceState begin, InstanceState goal) {
        this.begin = begin;
        this.goal = goal;
    }

    static Optional<OperationKind> of(String text) {
        return Arrays.stream(values()).filter(k -> k.text().equals(text)).findFirst();
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    InstanceState begin() {
        return begin;
    }

    InstanceState goal() {
        return goal;
    }

    /** Whether a state, by the name that the history has it by, ends the operation either way. */
    boolean ends(String state) {
        return goal.ec2Name().equals(state) || lost().anyMatch(s -> s.ec2Name().equals(state));
    }

    private Stream<InstanceState> lost() {
        return switch (this) {
            case LAUNCH, START -> Stream.of(InstanceState.STOPPING, InstanceState.SHUTTING_DOWN);
            case STOP -> Stream.of(InstanceState.SHUTTING_DOWN);
            case TERMINATE -> Stream.empty();
        };
    }
}
