package io.croft.e2e.conformance;

/** A client is older than the action that it was to call. */
public final class UnknownActionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownActionException(String client, String service, String action) {
        super(client + " does not know " + service + ":" + action);
    }
}
