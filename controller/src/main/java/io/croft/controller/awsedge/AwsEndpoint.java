package io.croft.controller.awsedge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * The AWS edges' HTTP side, at {@code /}. It reads the body's bytes itself, before anything can parse them: a signature covers them as they came.
 */
@Controller
class AwsEndpoint {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final AwsDispatch dispatch;
    private final int maxBody;

    AwsEndpoint(AwsDispatch dispatch, AwsEdgeProperties properties) {
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
        var raw = new RawRequest(
                request.getMethod(),
                request.getRequestURI(),
                Objects.requireNonNullElse(request.getQueryString(), ""),
                headers(request),
                body);
        send(response, dispatch.answer(raw, request.getRemoteAddr()));
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        var headers = new HashMap<String, List<String>>();
        for (var name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
        }
        headers.putIfAbsent("host", List.of(authority(request)));
        return headers;
    }

    /** HTTP/2 has no host header, but clients sign one: the authority, with its port unless it is the scheme's own. */
    private static String authority(HttpServletRequest request) {
        var usual = request.isSecure() ? HTTPS_PORT : HTTP_PORT;
        return request.getServerPort() == usual
                ? request.getServerName()
                : request.getServerName() + ":" + request.getServerPort();
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
