/**
 * The only place that starts processes: argument lists, a deadline, bounded output.
 *
 * <p>Holds no state. Whether a program may run twice is its caller's business; a caller that dies leaves at most one program to end by itself.
 */
@NullMarked
package io.croft.agent.exec;

import org.jspecify.annotations.NullMarked;
