package io.croft.controller.context;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A declared state machine: which event leads from which state to which. The table is the one place where that is said; the SQL of a
 * guarded update, the diagram and the test that every transition was exercised all come from it.
 *
 * @param <S> the states, stored in a text column under their {@link Enum#name()}
 * @param <E> what can happen
 */
public final class Transitions<S extends Enum<S>, E extends Enum<E>> {
    private final String name;
    private final Set<S> initial;
    private final Set<S> terminal;
    private final Map<Step<S, E>, S> targets = new LinkedHashMap<>();
    private final Set<Step<S, E>> visited = ConcurrentHashMap.newKeySet();

    private Transitions(String name, Set<S> initial, Class<S> states) {
        this.name = name;
        this.initial = initial;
        this.terminal = EnumSet.noneOf(states);
    }

    /** A state and what happened in it. */
    public record Step<S, E>(S from, E event) {}

    /**
     * Begins a table.
     *
     * @param others further states in which something can begin
     */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <S extends Enum<S>, E extends Enum<E>> Transitions<S, E> of(String name, S initial, S... others) {
        return new Transitions<>(name, EnumSet.of(initial, others), initial.getDeclaringClass());
    }

    /** Declares states that nothing leaves. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Transitions<S, E> terminal(S... states) {
        terminal.addAll(List.of(states));
        return this;
    }

    /**
     * Declares one transition.
     *
     * @throws IllegalStateException when it leaves a terminal state or is declared twice
     */
    public Transitions<S, E> on(S from, E event, S to) {
        if (terminal.contains(from)) {
            throw new IllegalStateException(name + ": nothing leaves " + from);
        }
        if (targets.putIfAbsent(new Step<>(from, event), to) != null) {
            throw new IllegalStateException(name + ": " + event + " in " + from + " is declared twice");
        }
        return this;
    }

    /** Declares the transition from every state that is not terminal and has none for the event yet. */
    public Transitions<S, E> onAny(E event, S to) {
        for (var from : EnumSet.complementOf(EnumSet.copyOf(withTarget(to)))) {
            if (!targets.containsKey(new Step<>(from, event))) {
                on(from, event, to);
            }
        }
        return this;
    }

    private Set<S> withTarget(S to) {
        var skipped = EnumSet.of(to);
        skipped.addAll(terminal);
        return skipped;
    }

    public String name() {
        return name;
    }

    /** Where the event leads, or nothing when it means nothing in that state. */
    public Optional<S> target(S from, E event) {
        return Optional.ofNullable(targets.get(new Step<>(from, event)));
    }

    /** The states in which the event means something. */
    public Set<S> sources(E event) {
        return targets.keySet().stream()
                .filter(s -> s.event().equals(event))
                .map(Step::from)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The SQL condition that {@code column} holds a state in which the event means something. */
    public String guard(String column, E event) {
        return sources(event).stream()
                .map(s -> "'" + s.name() + "'")
                .sorted()
                .collect(Collectors.joining(", ", column + " IN (", ")"));
    }

    /** The SQL expression for the state after the event; null outside {@link #guard}. */
    public String next(String column, E event) {
        return targets.entrySet().stream()
                .filter(e -> e.getKey().event().equals(event))
                .map(e -> " WHEN '" + e.getKey().from().name() + "' THEN '"
                        + e.getValue().name() + "'")
                .collect(Collectors.joining("", "CASE " + column, " END"));
    }

    /** Notes that a guarded update made this transition, for {@link #unvisited()}. */
    public void visit(S from, E event) {
        visited.add(new Step<>(from, event));
    }

    /** The declared transitions that nothing made since the process started. */
    public Set<Step<S, E>> unvisited() {
        return targets.keySet().stream().filter(s -> !visited.contains(s)).collect(Collectors.toUnmodifiableSet());
    }

    /** The table as a Mermaid state diagram. */
    public String mermaid() {
        var text = new StringBuilder("stateDiagram-v2\n");
        initial.forEach(s -> text.append("    [*] --> ").append(s).append('\n'));
        targets.forEach((step, to) -> text.append("    ")
                .append(step.from())
                .append(" --> ")
                .append(to)
                .append(": ")
                .append(step.event())
                .append('\n'));
        terminal.stream().sorted().forEach(s -> text.append("    ").append(s).append(" --> [*]\n"));
        return text.toString();
    }
}
