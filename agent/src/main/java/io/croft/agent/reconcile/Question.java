package io.croft.agent.reconcile;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is asked of one driver each time the host is observed.
 *
 * @param driver what it is called where it does not answer
 * @param ask is called on the observer's thread and blocks as long as the driver does
 * @param take takes the answer in, on the reconciler's thread, but for the lanes in which something was done since it was asked
 * @param needed whether nothing may be done on the host before it was answered once
 */
public record Question<T>(
        String driver, Function<HostDrivers, T> ask, BiConsumer<T, Predicate<Lane>> take, boolean needed) {
    public static <T> Question<T> needed(
            String driver, Function<HostDrivers, T> ask, BiConsumer<T, Predicate<Lane>> take) {
        return new Question<>(driver, ask, take, true);
    }

    /** One without whose answer the host can be worked on all the same. */
    public static <T> Question<T> besides(
            String driver, Function<HostDrivers, T> ask, BiConsumer<T, Predicate<Lane>> take) {
        return new Question<>(driver, ask, take, false);
    }

    Answer<T> answer(HostDrivers drivers) {
        return new Answer<>(this, ask.apply(drivers));
    }

    /** What the driver said. */
    record Answer<T>(Question<T> question, T said) {
        void take(Predicate<Lane> moving) {
            question.take().accept(said, moving);
        }
    }
}
