/**
 * The firewall on iptables, ip6tables, ipset, the bridge family of nftables and conntrack, in the namespace that the agent runs in.
 *
 * <p>Owns the chains and sets named {@code CFT...}, the jumps to them, the nftables table {@code bridge croft} and the forwarding and bridge-filtering settings. What is in force is read back from the kernel at
 * the start and every half minute; only the difference is applied, in one transaction per family, so a repeat does nothing and a cut leaves the old rules.
 */
@NullMarked
package io.croft.agent.firewall.iptables;

import org.jspecify.annotations.NullMarked;
