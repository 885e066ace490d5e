package io.croft.agent.reconcile;

import io.croft.protocol.DocumentKey;
import org.jspecify.annotations.Nullable;

/**
 * Where an action runs: the actions of one lane never overlap, those of two may.
 *
 * @param document the document whose resource it is; null for something that the whole host has once
 */
public record Lane(String name, @Nullable DocumentKey document) {
    public static Lane of(DocumentKey document) {
        return new Lane(document.toString(), document);
    }

    public static Lane ofHost(String name) {
        return new Lane(name, null);
    }

    @Override
    public String toString() {
        return name;
    }
}
