/**
 * Measures a lab of one host: how long launches and volumes take beside the bare programs that they cannot do without, and what the processes need.
 *
 * <p>What is compared is measured in turns on the same host, so that both meet the same machine. Everything that it launches it removes.
 */
@NullMarked
package io.croft.e2e.bench;

import org.jspecify.annotations.NullMarked;
