/**
 * The agent as a whole: its settings, its drivers, its start and its end. Everything else is in the packages below, each of which works without Spring.
 *
 * <p>An agent may die at any instruction: what it must remember is in the ledger, what it did is on the host, and the next one plans from both. Two on one state directory
 * are kept apart by the ledger's lock.
 */
@NullMarked
package io.croft.agent;

import org.jspecify.annotations.NullMarked;
