package io.croft.controller.adminapi;

import io.croft.controller.context.CloudException;
import io.croft.rest.Problem;
import io.croft.types.ErrorCode;
import io.croft.types.ErrorKind;
import io.croft.types.MalformedIdException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    @ExceptionHandler({MalformedIdException.class, HttpMessageNotReadableException.class, IllegalArgumentException.class
    })
    ResponseEntity<Problem> malformed(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        var detail = failure instanceof HttpMessageNotReadableException
                ? "The body is not the JSON that this call takes."
                : Objects.requireNonNullElse(failure.getMessage(), "A value is malformed.");
        return answer(ErrorCode.INVALID_PARAMETER_VALUE, detail, request, response);
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
