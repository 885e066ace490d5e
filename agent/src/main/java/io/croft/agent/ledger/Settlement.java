package io.croft.agent.ledger;

import io.croft.protocol.DocumentKey;
import io.croft.types.Generation;

/**
 * The controller has taken note of a document's end and no longer knows it.
 *
 * @param generation the one that was reported; a document that has changed since is not settled
 */
public record Settlement(DocumentKey key, Generation generation) {}
