package io.croft.controller.restedge;

import io.croft.controller.context.CloudException;
import io.croft.rest.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem document; the one place where a failure becomes one. */
@Component
class ProblemWriter {
    static final String REQUEST_ID = "X-Croft-Request-Id";

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Writes the failure, unless an answer is under way already, and notes it for the request's record. */
    void write(HttpServletRequest request, HttpServletResponse response, CloudException failure) {
        var exchange = RestExchange.of(request);
        if (exchange == null) {
            throw failure;
        }
        exchange.failed(failure);
        if (response.isCommitted()) {
            return;
        }
        var status = RestStatus.of(failure, exchange.resources());
        var problem = new Problem(
                status.getReasonPhrase(),
                status.value(),
                failure.publicMessage(),
                failure.code().ec2Name(),
                exchange.requestId());
        response.resetBuffer();
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        advise(response, status);
        send(response, json.writeValueAsBytes(problem));
    }

    /** What a client should do about it, in HTTP's own headers. */
    private static void advise(HttpServletResponse response, HttpStatus status) {
        switch (status) {
            case UNAUTHORIZED -> response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE -> response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            default -> {}
        }
    }

    private static void send(HttpServletResponse response, byte[] body) {
        try {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
