package io.croft.rest;

/** A new bearer token; its text is shown this once. */
public record IssuedToken(String name, String token) {}
