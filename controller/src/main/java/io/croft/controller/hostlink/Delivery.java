package io.croft.controller.hostlink;

import io.croft.protocol.DocumentSteps;
import io.croft.types.Generation;
import org.jspecify.annotations.Nullable;

/**
 * A document's way to its host and back, as far as this process has seen it. Moments are those of {@link System#nanoTime}; null for what it has not seen.
 *
 * @param requested when the request came that the document was written for; null when it was none
 * @param written when its transaction was about to commit
 * @param committed when that was done
 * @param told when it went onto the host's stream
 * @param reported when a report had come that said that all is as wanted
 * @param steps where the time went on the host, by its own clock; null from an agent that does not say
 */
public record Delivery(
        Generation generation,
        @Nullable Long requested,
        @Nullable Long written,
        @Nullable Long committed,
        @Nullable Long told,
        @Nullable Long reported,
        @Nullable DocumentSteps steps) {
    static Delivery unseen(Generation generation) {
        return new Delivery(generation, null, null, null, null, null, null);
    }

    static Delivery written(Generation generation, @Nullable Long requested, long moment) {
        return new Delivery(generation, requested, moment, null, null, null, null);
    }

    Delivery committed(long moment) {
        return new Delivery(generation, requested, written, moment, told, reported, steps);
    }

    /** What was told again, to a host that came anew, was told then: what it was told before did not reach it. */
    Delivery told(long moment) {
        return reported == null ? new Delivery(generation, requested, written, committed, moment, null, null) : this;
    }

    Delivery reported(long moment, @Nullable DocumentSteps told) {
        return reported == null
                ? new Delivery(generation, requested, written, committed, this.told, moment, told)
                : this;
    }
}
