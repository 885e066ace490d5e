package io.croft.controller.tags;

import org.jspecify.annotations.Nullable;

/**
 * A tag to delete.
 *
 * @param value deletes the tag only while it has this value; null deletes it whatever it has
 */
public record TagKey(String key, @Nullable String value) {}
