package io.croft.controller.awsedge;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What is sent back.
 *
 * @param status the HTTP status
 * @param body XML, or JSON for clients that speak it
 */
record Answer(int status, String contentType, String body, String requestId) {
    void send(HttpServletResponse response) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(contentType);
        response.setHeader("x-amzn-RequestId", requestId);
        response.setHeader("Cache-Control", "no-cache, no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
