package io.croft.types;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * How often the controller's database was put back into service from an older copy, from 0. It goes before every number that the controller counts for its hosts, the
 * generations of documents and the revisions of batches: their upper bits are the era, their lower {@code 40} bits count within it. So whatever is said in a
 * later era is newer than all that was said in an earlier one, whoever compares them and however old its program is; and a number from before there were eras is one of
 * era 0.
 *
 * @see <a href="https://zookeeper.apache.org/doc/current/zookeeperInternals.html">ZooKeeper internals: the epoch in the upper half of a zxid</a>
 */
public record Era(@JsonValue int value) implements Comparable<Era> {
    /** Before any restore. */
    public static final Era FIRST = new Era(0);

    /** So that every number stays below 2^53, which all readers of JSON can hold. */
    public static final int LAST = (1 << 13) - 1;

    private static final int COUNTER_BITS = 40;

    @JsonCreator
    public Era {
        if (value < 0 || value > LAST) {
            throw new IllegalArgumentException("an era is 0 to " + LAST + ": " + value);
        }
    }

    /** The era that a generation or a revision is of. */
    public static Era of(long number) {
        return new Era((int) (number >> COUNTER_BITS));
    }

    /** Whether a controller may have counted so far; no number is of the last era, so that every restore finds a later one. */
    public static boolean reaches(long number) {
        return number >= 0 && number < new Era(LAST).base();
    }

    /**
     * The era after this one.
     *
     * @throws IllegalArgumentException after the last
     */
    public Era next() {
        return new Era(value + 1);
    }

    /** The number before the first of this era. */
    public long base() {
        return (long) value << COUNTER_BITS;
    }

    @Override
    public int compareTo(Era other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
