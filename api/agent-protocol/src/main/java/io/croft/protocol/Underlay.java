package io.croft.protocol;

/**
 * By what a host exchanges with other hosts what the instances of one VPC send each other, as VXLAN (RFC 7348).
 *
 * @param address its IPv4 address there, to which the other hosts send
 * @param link the card that has it
 * @param mtu the card's, in bytes, of which VXLAN takes 50
 */
public record Underlay(String address, String link, int mtu) {}
