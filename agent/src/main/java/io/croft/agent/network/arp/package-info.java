/**
 * ARP that the kernel does not send by itself, on packet sockets of the host's own namespace.
 *
 * <p>What is sent twice says the same twice; what was not sent is asked for by the neighbours.
 */
@NullMarked
package io.croft.agent.network.arp;

import org.jspecify.annotations.NullMarked;
