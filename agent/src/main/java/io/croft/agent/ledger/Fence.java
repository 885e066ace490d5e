package io.croft.agent.ledger;

/**
 * How far this host is behind its fence. The controller raises the number when it has proof that the host is dead, and gives away what ended there; so when the host lives after all, or again,
 * that ends here before anything else is done.
 *
 * @param told the newest fence that the controller told; 0 before the first
 * @param passed the newest one behind which all has ended that it names
 * @param boot the start of the host since which the controller has told it everything; empty before the first
 */
public record Fence(long told, long passed, String boot) {
    static final Fence NONE = new Fence(0, 0, "");

    /** Whether there may be something here yet that the controller has given away. */
    public boolean passing() {
        return passed < told;
    }

    /** Whether the controller has told everything since this start of the host. */
    public boolean heardSince(String start) {
        return boot.equals(start);
    }

    /** A lower number than before is one of a database that went back. */
    Fence told(long fence) {
        return new Fence(Math.max(told, fence), passed, boot);
    }

    Fence passed(long fence) {
        return new Fence(told, Math.max(passed, fence), boot);
    }

    Fence heard(String start) {
        return new Fence(told, passed, start);
    }
}
