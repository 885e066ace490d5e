/**
 * Which start of the host this is, and whether somebody on it lets it do without the controller.
 *
 * <p>Owns two files in the run directory, which go with the host's start: one names it, one is that leave. Both are there or not at all.
 */
@NullMarked
package io.croft.agent.boot;

import org.jspecify.annotations.NullMarked;
