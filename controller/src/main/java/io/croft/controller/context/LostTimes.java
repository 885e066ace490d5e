package io.croft.controller.context;

import java.time.Instant;

/** Times of which the database knows nothing, because an older one was put in its place. */
public interface LostTimes {
    /** Whether what happened at that moment can be missing. */
    boolean isLost(Instant moment);
}
