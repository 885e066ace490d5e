package io.croft.controller.context;

import org.jspecify.annotations.Nullable;

/** SQL's COALESCE: what is said, else what is said elsewhere. */
public final class Coalesce {
    private Coalesce() {}

    /** The value above, or when that is null the one below. */
    public static <T> @Nullable T first(@Nullable T above, @Nullable T below) {
        return above == null ? below : above;
    }
}
