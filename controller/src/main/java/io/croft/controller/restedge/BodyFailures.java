package io.croft.controller.restedge;

import static io.croft.controller.restedge.RestFailures.failure;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Failures;
import io.croft.types.ErrorCode;
import io.croft.types.MalformedIdException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** What is wrong with a JSON body, by the name of its field. */
final class BodyFailures {
    private BodyFailures() {}

    static CloudException of(HttpMessageNotReadableException unread) {
        return switch (unread.getCause()) {
            case null -> failure(ErrorCode.MISSING_PARAMETER, "The request needs a JSON body.", unread);
            case UnrecognizedPropertyException unknown ->
                failure(ErrorCode.UNKNOWN_PARAMETER, "The field '" + path(unknown.getPath()) + "' is unknown.", unread);
            case ValueInstantiationException refused -> refused(refused);
            case MismatchedInputException mismatch -> mismatch(mismatch);
            case InputCoercionException number ->
                failure(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        named(number.getPath()) + " is a number out of range.",
                        unread);
            case StreamReadException text -> malformed(text);
            default -> failure(ErrorCode.MALFORMED_BODY, "The body is no JSON in UTF-8.", unread);
        };
    }

    /** A record's own check said no: to an absent field with a NullPointerException that names it, to a bad value with the reason. */
    private static CloudException refused(ValueInstantiationException refused) {
        return switch (refused.getCause()) {
            case MalformedIdException malformed -> Failures.of(malformed);
            case NullPointerException absent ->
                failure(ErrorCode.MISSING_PARAMETER, RestFailures.sentence(absent.getMessage()), refused);
            case IllegalArgumentException bad ->
                failure(ErrorCode.INVALID_PARAMETER_VALUE, RestFailures.sentence(bad.getMessage()), refused);
            case null, default ->
                failure(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "The value of " + named(refused.getPath()) + " is not valid.",
                        refused);
        };
    }

    private static CloudException mismatch(MismatchedInputException mismatch) {
        return failure(
                ErrorCode.INVALID_PARAMETER_VALUE,
                named(mismatch.getPath()) + " must be " + wanted(mismatch.getTargetType()) + ".",
                mismatch);
    }

    private static CloudException malformed(StreamReadException text) {
        var place = text.getLocation();
        return failure(
                ErrorCode.MALFORMED_BODY,
                "The body is no JSON: line " + place.getLineNr() + ", column " + place.getColumnNr() + ".",
                text);
    }

    private static String named(List<JacksonException.Reference> path) {
        return path.isEmpty() ? "The body" : "The field '" + path(path) + "'";
    }

    private static String path(List<JacksonException.Reference> path) {
        return path.stream()
                .map(r -> r.getPropertyName() == null ? "[" + r.getIndex() + "]" : r.getPropertyName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a whole number";
        }
        if (List.class.isAssignableFrom(type)) {
            return "a list";
        }
        return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "of another type";
    }
}
