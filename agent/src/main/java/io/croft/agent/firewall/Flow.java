package io.croft.agent.firewall;

/**
 * A flow as connection tracking knows it, named by its first packet.
 *
 * @param protocol an IP protocol number
 * @param source the address that it comes from
 * @param target the address that it goes to
 * @param fromPort source port, 0 where the protocol has none
 * @param toPort target port (tcp, udp) or the ICMP type, 0 where the protocol has neither
 * @param code the ICMP code, 0 elsewhere
 */
public record Flow(int protocol, String source, String target, int fromPort, int toPort, int code) {}
