package io.croft.controller.context;

import io.croft.types.ErrorCode;
import io.croft.types.MalformedIdException;
import java.sql.SQLException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Reads as an error for the client what a use case threw; the same for every edge. */
public final class Failures {
    private Failures() {}

    /** The client's error; internal when nothing else is known of it, and then {@code thrown} is its cause. */
    public static CloudException of(Throwable thrown) {
        return switch (thrown) {
            case CloudException failure -> failure;
            case MalformedIdException malformed ->
                new CloudException(malformed.type().malformed(), String.valueOf(malformed.getMessage()), "", malformed);
            case TransientDataAccessException busy -> unavailable(busy);
            case DataAccessResourceFailureException away -> unavailable(away);
            case CannotCreateTransactionException away -> unavailable(away);
            case DataIntegrityViolationException refused
            when isOfData(refused) ->
                new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "A value of the request is out of range or has characters that cannot be kept.",
                        "",
                        refused);
            default ->
                new CloudException(
                        ErrorCode.INTERNAL_ERROR, "An internal error has occurred.", String.valueOf(thrown), thrown);
        };
    }

    /** Whether PostgreSQL refused a value itself (class 22: NUL in a text, a number out of range), not a rule between rows. */
    private static boolean isOfData(DataIntegrityViolationException refused) {
        return refused.getMostSpecificCause() instanceof SQLException sql
                && String.valueOf(sql.getSQLState()).startsWith("22");
    }

    private static CloudException unavailable(RuntimeException cause) {
        return new CloudException(
                ErrorCode.UNAVAILABLE, "The service is unavailable. Try again in a moment.", cause.toString(), cause);
    }
}
