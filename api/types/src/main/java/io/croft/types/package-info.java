/**
 * The words that every process of Croft shares: typed ids, addresses, generations and error codes.
 *
 * <p>Values only: immutable, validated when made, no I/O, so they mean the same in the controller, an agent, the CLI and a test.
 */
@NullMarked
package io.croft.types;

import org.jspecify.annotations.NullMarked;
