package io.croft.agent.ledger;

/** What the ledger makes of a document that arrives. */
public enum Verdict {
    /** Not known yet, or newer than what is known: taken. */
    NEWER,
    /** Known, word for word. */
    KNOWN,
    /** Older than what is known: refused. */
    OLDER,
    /** The known generation with other content: refused, and a bug of the controller. */
    CONTESTED,
    /** An operation that was carried out, reported and settled: refused. */
    FINISHED;

    boolean refused() {
        return this == OLDER || this == CONTESTED || this == FINISHED;
    }
}
