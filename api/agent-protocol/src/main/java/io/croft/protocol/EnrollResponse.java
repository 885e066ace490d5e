package io.croft.protocol;

/**
 * The agent's certificate and the authority that it and the controller's own stand on.
 *
 * @param certificate PEM; its common name is the host's id
 * @param ca PEM
 */
public record EnrollResponse(String certificate, String ca) {}
