package io.croft.controller.context;

import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request's failure: what the client is told, and apart from it what the log is told. Mapped once per edge. */
public final class CloudException extends RuntimeException {
    private final ErrorCode code;
    private final String publicMessage;
    private final Set<String> missing;

    public CloudException(ErrorCode code, String publicMessage) {
        this(code, publicMessage, "", null);
    }

    public CloudException(ErrorCode code, String publicMessage, String internalContext, @Nullable Throwable cause) {
        this(code, publicMessage, internalContext, cause, Set.of());
    }

    private CloudException(
            ErrorCode code,
            String publicMessage,
            String internalContext,
            @Nullable Throwable cause,
            Set<String> missing) {
        super(internalContext.isEmpty() ? publicMessage : publicMessage + " [" + internalContext + "]", cause);
        this.code = code;
        this.publicMessage = publicMessage;
        this.missing = missing;
    }

    /** The failure of a request that names ids of {@code type} which the account has not got, be they another's or nobody's. */
    public static CloudException missing(ResourceType type, List<String> ids) {
        return missing(type.notFound(), Listing.sentence(type.noun() + " ID", ids), ids);
    }

    /** The failure of a request that names what the account has not got, be it another's or nobody's. */
    public static CloudException missing(ErrorCode code, String publicMessage, Collection<String> names) {
        return new CloudException(code, publicMessage, "", null, Set.copyOf(names));
    }

    public ErrorCode code() {
        return code;
    }

    /** The sentence for the client; never an internal name or another account's id. */
    public String publicMessage() {
        return publicMessage;
    }

    /** What is not there, by the names that the request has for it; empty when the failure does not say, or is another. */
    public Set<String> missing() {
        return missing;
    }
}
