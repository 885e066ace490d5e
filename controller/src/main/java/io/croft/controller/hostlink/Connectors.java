package io.croft.controller.hostlink;

/** The TCP ports on which the TLS connectors listen; those of the settings, or the ones the system chose where they say 0. */
public interface Connectors {
    /** TLS with the deployment's own authority, for tenants, operators and agents that enrol. */
    int httpsPort();

    /** Mutual TLS, for enrolled agents only. */
    int agentsPort();
}
