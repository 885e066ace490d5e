package io.croft.controller.context;

import org.jspecify.annotations.Nullable;

/** Steps of which none is left out because another failed. What failed is told at the end: the first failure, with the others suppressed in it. */
public final class Attempts {
    private @Nullable RuntimeException failure;

    /** Takes a step, and keeps its failure. */
    public void make(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            if (failure == null) {
                failure = e;
            } else {
                failure.addSuppressed(e);
            }
        }
    }

    /** Throws what failed; does nothing when nothing did. */
    public void tellFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
