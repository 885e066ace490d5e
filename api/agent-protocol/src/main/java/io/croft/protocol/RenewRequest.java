package io.croft.protocol;

/**
 * An enrolled agent's request for its next certificate.
 *
 * @param csr a PKCS#10 certificate request, PEM, P-256
 */
public record RenewRequest(String csr) {}
