/**
 * What this host is and has: architecture, accelerator, processors, memory, storage, and what keeps it from taking instances.
 */
@NullMarked
package io.croft.agent.inventory;

import org.jspecify.annotations.NullMarked;
