package io.croft.rest;

import java.util.List;

/**
 * An instance that ended or stops on a host, whose own proof of it is outstanding.
 *
 * @param state {@code stopping}, {@code shutting-down} or {@code terminated}
 * @param addresses those that nobody else gets before that is proved
 */
public record HeldInstanceResource(String id, String account, String state, List<String> addresses) {}
