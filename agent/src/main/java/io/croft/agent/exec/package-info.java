/**
 * The only place that starts processes: argument lists, a deadline, bounded output.
 */
@NullMarked
package io.croft.agent.exec;

import org.jspecify.annotations.NullMarked;
