package io.croft.rest;

/**
 * A bearer token without its text.
 *
 * @param name what it is for, unique in the account
 * @param user whose
 * @param role what it may do
 */
public record TokenResource(String name, String account, String user, String role, String created) {}
