package io.croft.controller.awsedge;

import io.croft.controller.context.CloudException;
import io.croft.controller.edge.EdgeProperties;
import io.croft.controller.edge.RawRequest;
import io.croft.types.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * The AWS edges' HTTP side: {@code /}, and the paths by which EBS direct names actions. It reads the body's bytes itself, before anything can parse them: a signature covers them as they came.
 */
@Controller
class AwsEndpoint {
    /** Requests with a block that are dealt with at once: each is in memory several times, as it came, compressed and sealed. */
    private static final int PAYLOADS = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AwsDispatch dispatch;
    private final int maxBody;
    private final Semaphore payloads = new Semaphore(PAYLOADS, true);

    AwsEndpoint(AwsDispatch dispatch, EdgeProperties properties) {
        this.dispatch = dispatch;
        this.maxBody = properties.maxBody();
    }

    @RequestMapping(
            path = "/",
            method = {RequestMethod.GET, RequestMethod.POST})
    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request).send(response);
    }

    @RequestMapping(
            path = {"/snapshots", "/snapshots/**"},
            method = {RequestMethod.GET, RequestMethod.POST})
    void serveByPath(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request).send(response);
    }

    /** Not more than some at once, before anything of the body is read. */
    @RequestMapping(path = "/snapshots/**", method = RequestMethod.PUT)
    void take(HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException {
        if (!payloads.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            refuse(request, busy()).send(response);
            return;
        }
        try {
            answer(request).send(response);
        } finally {
            payloads.release();
        }
    }

    private static CloudException busy() {
        return new CloudException(ErrorCode.UNAVAILABLE, "Too many blocks are being written.");
    }

    private Answer answer(HttpServletRequest request) {
        try {
            var body = request.getInputStream().readNBytes(maxBody + 1);
            return body.length > maxBody
                    ? refuse(request, tooLarge())
                    : dispatch.answer(RawRequest.of(request, body), request.getRemoteAddr());
        } catch (IOException e) {
            return refuse(request, cutOff(e));
        }
    }

    private Answer refuse(HttpServletRequest request, CloudException failure) {
        return dispatch.refuse(RawRequest.of(request, new byte[0]), failure, request.getRemoteAddr());
    }

    private CloudException tooLarge() {
        return new CloudException(
                ErrorCode.REQUEST_ENTITY_TOO_LARGE, "The request is larger than " + maxBody + " bytes.");
    }

    private static CloudException cutOff(IOException cause) {
        return new CloudException(
                ErrorCode.MALFORMED_QUERY_STRING,
                "The request's body does not come as its headers say.",
                String.valueOf(cause),
                cause);
    }
}
