/**
 * Running virtual machines: the interface, its records and, below it, the drivers. {@code .libvirt} is the only place for org.libvirt, JNA and domain XML;
 * {@code .sim} is the same contract in memory, with faults to switch on.
 *
 * <p>Every verb may be repeated: it looks first and does what is left to do. What must survive the agent stands in the domain's own metadata.
 */
@NullMarked
package io.croft.agent.hypervisor;

import org.jspecify.annotations.NullMarked;
