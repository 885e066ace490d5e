package io.croft.controller.compute.operation;

import io.croft.types.InstanceState;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What takes instances a while: the state in which it begins and where it should lead. The first other state ends it either way. */
public enum OperationKind {
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

    public static Optional<OperationKind> of(String text) {
        return Arrays.stream(values()).filter(k -> k.text().equals(text)).findFirst();
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public InstanceState begin() {
        return begin;
    }

    public InstanceState goal() {
        return goal;
    }
}
