/**
 * Bridges, taps, router namespaces, DHCP and DNS of the VPCs on this host: the interface, its records and, below it, the drivers {@code .linux} and {@code .sim}.
 *
 * <p>Every verb may be repeated: names are derived from ids, and each step looks before it acts.
 */
@NullMarked
package io.croft.agent.network;

import org.jspecify.annotations.NullMarked;
