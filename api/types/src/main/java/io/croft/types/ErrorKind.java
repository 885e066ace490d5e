package io.croft.types;

/** Who can do something about an error. */
public enum ErrorKind {
    /** The request is wrong and will be wrong again. */
    CALLER,
    /** The request names what is not there, or not the account's. */
    MISSING,
    /** The resource is in another state than the request needs. */
    CONFLICT,
    /** There is no room; freeing some helps. */
    CAPACITY,
    /** A part is away; the same request may work later. */
    UNAVAILABLE,
    /** A bug of Croft. */
    INTERNAL;

    /** Whether sending the same request again later can help. */
    public boolean retryable() {
        return switch (this) {
            case CALLER, MISSING, CONFLICT, INTERNAL -> false;
            case CAPACITY, UNAVAILABLE -> true;
        };
    }
}
