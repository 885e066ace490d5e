package io.croft.controller.fleet;

import io.croft.types.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * What one resource, an instance or a volume, takes of its host.
 *
 * @param pool the resource that the amount was set aside for, and into which it falls back; null for what was set aside for nobody
 */
public record Claim(
        ResourceId holder, Resources amount, @Nullable String pool) {
    /** A claim of what is free. */
    public Claim(ResourceId holder, Resources amount) {
        this(holder, amount, null);
    }

    /** Sets an amount of what is free aside, for others to hold. */
    public static Claim aside(ResourceId pool, Resources amount) {
        return new Claim(pool, amount, pool.value());
    }

    /** Whether it takes over what was set aside before. */
    boolean drawn() {
        return pool != null && !pool.equals(holder.value());
    }
}
