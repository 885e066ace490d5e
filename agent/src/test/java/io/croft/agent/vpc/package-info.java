/** The network, the firewall and the metadata service of a host together, proved with packets: needs root and a lab host. */
@org.jspecify.annotations.NullMarked
package io.croft.agent.vpc;
