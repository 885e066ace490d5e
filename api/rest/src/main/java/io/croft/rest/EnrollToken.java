package io.croft.rest;

/** A one-time token with which a host comes in; it is shown this once. */
public record EnrollToken(String token, String expires) {}
