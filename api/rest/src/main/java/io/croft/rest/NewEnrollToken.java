package io.croft.rest;

/**
 * A request for an enrolment token.
 *
 * @param validity how long it can be used, ISO-8601, at most a week
 */
public record NewEnrollToken(String validity) {}
