/**
 * The hypervisor driver over libvirt and QEMU.
 *
 * <p>A machine is a persistent domain named after its instance; what must survive the loss of everything else stands in the domain's metadata. libvirt is asked afresh each
 * time, so this package keeps no state of its own that a {@code kill -9} of the agent or of libvirtd could make wrong; a broken connection is opened again
 * by the next call.
 */
@NullMarked
package io.croft.agent.hypervisor.libvirt;

import org.jspecify.annotations.NullMarked;
