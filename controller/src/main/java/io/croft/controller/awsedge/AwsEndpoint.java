package io.croft.controller.awsedge;

import io.croft.controller.edge.EdgeProperties;
import io.croft.controller.edge.RawRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * The AWS edges' HTTP side, at {@code /}. It reads the body's bytes itself, before anything can parse them: a signature covers them as they came.
 */
@Controller
class AwsEndpoint {
    private final AwsDispatch dispatch;
    private final int maxBody;

    AwsEndpoint(AwsDispatch dispatch, EdgeProperties properties) {
        this.dispatch = dispatch;
        this.maxBody = properties.maxBody();
    }

    @RequestMapping(
            path = "/",
            method = {RequestMethod.GET, RequestMethod.POST})
    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var body = request.getInputStream().readNBytes(maxBody + 1);
        if (body.length > maxBody) {
            send(response, dispatch.tooLarge(maxBody, request.getRemoteAddr()));
            return;
        }
        var raw = RawRequest.of(request, body);
        send(response, dispatch.answer(raw, request.getRemoteAddr()));
    }

    private static void send(HttpServletResponse response, Answer answer) throws IOException {
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        response.setContentType("text/xml;charset=UTF-8");
        response.setHeader("x-amzn-RequestId", answer.requestId());
        response.setHeader("Cache-Control", "no-cache, no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
