package io.croft.controller.restedge;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Failures;
import io.croft.types.ErrorCode;
import io.croft.types.MalformedIdException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Reads as an error for the client what stopped a request, also before any code of ours saw it. The framework's own words would name classes. */
final class RestFailures {
    private RestFailures() {}

    static CloudException of(Throwable thrown) {
        return switch (thrown) {
            case HttpMessageNotReadableException body -> BodyFailures.of(body);
            case NoResourceFoundException path -> failure(ErrorCode.NOT_FOUND, "There is nothing at this path.", path);
            case HttpRequestMethodNotSupportedException method ->
                failure(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "This path does not take the method " + method.getMethod() + ".",
                        method);
            case HttpMediaTypeNotSupportedException type ->
                failure(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json.", type);
            case HttpMediaTypeNotAcceptableException type ->
                failure(ErrorCode.NOT_ACCEPTABLE, "The answer can only be " + answerType(type) + ".", type);
            case MissingRequestHeaderException header -> missing(header);
            case MissingServletRequestParameterException parameter ->
                failure(
                        ErrorCode.MISSING_PARAMETER,
                        "The parameter '" + parameter.getParameterName() + "' is missing.",
                        parameter);
            case TypeMismatchException value -> mismatch(value);
            case IllegalArgumentException value ->
                value instanceof MalformedIdException
                        ? Failures.of(value)
                        : failure(ErrorCode.INVALID_PARAMETER_VALUE, sentence(value.getMessage()), value);
            default ->
                thrown instanceof ErrorResponse response
                                && response.getStatusCode().is4xxClientError()
                        ? failure(ErrorCode.INVALID_PARAMETER_VALUE, "The request is not what this call takes.", thrown)
                        : Failures.of(thrown);
        };
    }

    /** Of a converter's many types, JSON is what a client is told. */
    private static MediaType answerType(HttpMediaTypeNotAcceptableException refused) {
        var types = refused.getSupportedMediaTypes();
        return types.size() == 1 ? types.getFirst() : MediaType.APPLICATION_JSON;
    }

    private static CloudException missing(MissingRequestHeaderException header) {
        var name = header.getHeaderName();
        return name.equals(HttpHeaders.IF_MATCH)
                ? failure(
                        ErrorCode.PRECONDITION_REQUIRED,
                        "The header If-Match must say which version is to be changed.",
                        header)
                : failure(ErrorCode.MISSING_PARAMETER, "The header '" + name + "' is missing.", header);
    }

    private static CloudException mismatch(TypeMismatchException value) {
        var cause = NestedExceptionUtils.getMostSpecificCause(value);
        if (cause instanceof MalformedIdException) {
            return Failures.of(cause);
        }
        return failure(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "The value of '" + value.getPropertyName() + "' in the path or the query is not valid.",
                value);
    }

    /** What our own types say of a value that they refuse. */
    static String sentence(@Nullable String message) {
        if (message == null || message.isEmpty()) {
            return "The request is not what this call takes.";
        }
        return message.endsWith(".") ? message : message + ".";
    }

    static CloudException failure(ErrorCode code, String message, Throwable cause) {
        return new CloudException(code, message, "", cause);
    }
}
