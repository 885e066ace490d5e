package io.croft.rest;

/**
 * Something that happened to a resource.
 *
 * @param lasted since the event before
 */
public record HistoryEvent(String at, String event, String detail, String lasted) {}
