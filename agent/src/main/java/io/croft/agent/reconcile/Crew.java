package io.croft.agent.reconcile;

/**
 * Those actions which work beside each other, each in its lane, without waiting for one another.
 *
 * @param size how many of them run at once
 */
public record Crew(String name, int size) {}
