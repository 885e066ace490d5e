/**
 * The VPCs' network on plain Linux: a bridge per subnet, a router namespace per VPC with a gateway veth per subnet, a way out, dnsmasq, a tap per interface. Everything can be looked at
 * with {@code ip}, {@code bridge}, {@code nft} and the files under the run directory's {@code network/}.
 *
 * <p>Owns the links named {@code cft...}, the namespaces {@code croft-vpc-...} with all that is in them, the routes to public addresses and the pool's own. Names come from ids; what a name
 * cannot hold stands in the link's alias and in a record that is written before the first step and removed after the last, so a thing made or removed by half is known for what it
 * is and completed by the same call. dnsmasq outlives the agent; the next one finds it by its pid file.
 */
@NullMarked
package io.croft.agent.network.linux;

import org.jspecify.annotations.NullMarked;
