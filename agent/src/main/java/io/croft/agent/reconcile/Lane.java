package io.croft.agent.reconcile;

import io.croft.protocol.DocumentKey;

/** Where an action runs: the actions of one lane never overlap, those of two may. */
record Lane(String name) {
    /** The host's filter is one thing, whatever needs it. */
    static final Lane FIREWALL = new Lane("firewall");

    static Lane of(DocumentKey key) {
        return new Lane(key.toString());
    }

    @Override
    public String toString() {
        return name;
    }
}
