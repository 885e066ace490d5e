package io.croft.controller.awsedge;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What is sent back.
 *
 * @param status the HTTP status
 */
record Answer(int status, Content content, String requestId) {
    void send(HttpServletResponse response) throws IOException {
        var bytes = content.bytes().asByteArrayUnsafe();
        response.setStatus(status);
        response.setContentType(content.type());
        response.setHeader("x-amzn-RequestId", requestId);
        response.setHeader("Cache-Control", "no-cache, no-store");
        content.headers().forEach(response::setHeader);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
