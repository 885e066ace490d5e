package io.croft.controller.history;

import io.croft.types.AccountId;

/**
 * Something that happened to a resource.
 *
 * @param event what, in few words: {@code launch requested}, {@code running}
 * @param detail whatever explains it; empty when nothing does. For the operator, so it may name hosts
 */
public record Happening(AccountId account, String resourceId, String event, String detail) {}
