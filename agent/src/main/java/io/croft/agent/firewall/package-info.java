/**
 * Security groups on the ports of this host: a pure renderer from the wanted set to one text per table, and, below it, the drivers {@code .iptables} and {@code .sim}.
 *
 * <p>The whole set is applied at once, so a repeat is an empty difference and a cut leaves the old set in force. A port has its chains before its tap is plugged; no
 * chain means no traffic.
 */
@NullMarked
package io.croft.agent.firewall;

import org.jspecify.annotations.NullMarked;
