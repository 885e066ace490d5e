package io.croft.protocol;

import io.croft.types.HostId;

/**
 * An agent's request to be known.
 *
 * @param secret the secret part of the one-time token
 * @param host the id that the agent drew for itself
 * @param name the host's name
 * @param zone the availability zone that it stands in
 * @param csr a PKCS#10 certificate request, PEM, P-256
 */
public record EnrollRequest(String secret, HostId host, String name, String zone, String csr) {}
