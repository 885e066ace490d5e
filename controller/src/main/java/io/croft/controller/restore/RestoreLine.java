package io.croft.controller.restore;

/**
 * One line of a plan.
 *
 * @param resource the id of an instance or a volume, or the name of something else
 * @param action in a word: a decision's, or that it is lost
 * @param host where it is; empty when no host has it
 * @param reason what that rests on, one sentence
 */
public record RestoreLine(String resource, String action, String host, String reason) {}
