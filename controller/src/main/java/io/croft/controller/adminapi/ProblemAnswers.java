package io.croft.controller.adminapi;

import io.croft.controller.context.CloudException;
import io.croft.rest.Problem;
import io.croft.types.ErrorCode;
import io.croft.types.ErrorKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The edge's one mapping of failures to problem documents. */
@RestControllerAdvice(basePackageClasses = ProblemAnswers.class)
class ProblemAnswers {
    private static final Logger log = LoggerFactory.getLogger(ProblemAnswers.class);

    @ExceptionHandler
    ResponseEntity<Problem> refused(CloudException failure, HttpServletRequest request, HttpServletResponse response) {
        if (failure.code().kind() == ErrorKind.INTERNAL) {
            log.atError()
                    .setCause(failure)
                    .addKeyValue("request", requestId(response))
                    .log("request failed");
        }
        return answer(failure.code(), failure.publicMessage(), request, response);
    }

    @ExceptionHandler({
        HttpMessageNotReadableException.class,
        TypeMismatchException.class,
        IllegalArgumentException.class
    })
    ResponseEntity<Problem> malformed(
            RuntimeException failure, HttpServletRequest request, HttpServletResponse response) {
        return answer(ErrorCode.INVALID_PARAMETER_VALUE, detail(failure), request, response);
    }

    /** A framework's own words would name classes; ours name the value. */
    private static String detail(RuntimeException failure) {
        var cause = NestedExceptionUtils.getMostSpecificCause(failure);
        var ours = cause instanceof NullPointerException || cause instanceof IllegalArgumentException;
        return ours && cause.getMessage() != null
                ? cause.getMessage() + "."
                : "The request is not what this call takes.";
    }

    @ExceptionHandler
    ResponseEntity<Problem> bug(RuntimeException failure, HttpServletRequest request, HttpServletResponse response) {
        log.atError()
                .setCause(failure)
                .addKeyValue("request", requestId(response))
                .log("request failed");
        return answer(ErrorCode.INTERNAL_ERROR, "An internal error has occurred.", request, response);
    }

    private static ResponseEntity<Problem> answer(
            ErrorCode code, String detail, HttpServletRequest request, HttpServletResponse response) {
        OperatorGate.failed(request, code);
        var status = HttpStatus.valueOf(code.status());
        var problem =
                new Problem(status.getReasonPhrase(), status.value(), detail, code.ec2Name(), requestId(response));
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static String requestId(HttpServletResponse response) {
        return Objects.requireNonNullElse(response.getHeader(OperatorGate.REQUEST_ID), "");
    }
}
