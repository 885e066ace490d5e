package io.croft.rest;

import org.jspecify.annotations.Nullable;

/**
 * A share of the time.
 *
 * @param step what was done
 * @param where on whose side; of a call to a driver, its lane
 * @param within the step that it is a part of, beside others maybe; null for those that follow one another
 * @param offset when it began, since the request had come
 * @param took how long it took
 */
public record TimedStep(String step, String where, @Nullable String within, String offset, String took) {}
