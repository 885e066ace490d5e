package io.croft.rest.restore;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of something frozen.
 *
 * @param choice {@code stopped}, {@code terminated} or {@code host}
 * @param host the host whose word counts, with {@code host}; else null
 */
public record RestoreChoice(String choice, @Nullable String host) {
    public RestoreChoice {
        Objects.requireNonNull(choice, "choice is missing");
    }
}
