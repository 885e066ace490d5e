package io.croft.rest;

/**
 * The zone of the names of public addresses, for the operator's name servers.
 *
 * @param domain the zone's name
 * @param masterFile the zone as name servers read it (RFC 1035, section 5)
 */
public record DnsZone(String domain, String masterFile) {}
