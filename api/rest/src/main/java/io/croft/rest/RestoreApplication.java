package io.croft.rest;

/**
 * A request to merge what the hosts have told.
 *
 * @param withoutSilent whether to go on although hosts have not told what they have: their shares stay as they are until they have
 */
public record RestoreApplication(boolean withoutSilent) {}
