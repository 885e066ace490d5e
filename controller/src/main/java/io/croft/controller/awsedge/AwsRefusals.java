package io.croft.controller.awsedge;

import io.croft.controller.awsedge.AwsService.ErrorName;
import io.croft.controller.edge.RefusalForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Tells AWS's clients what the web server refuses: another path than theirs, a method that theirs does not take, what is hardly HTTP. */
@Component
class AwsRefusals implements RefusalForm {
    private static final String BEARER = "bearer ";
    private static final int FIRST_OF_SERVERS = 500;

    /** Whoever does not say that he is none; of a request of which nothing but the method could be read, too. */
    @Override
    public boolean isOf(HttpServletRequest request) {
        var authorization = Objects.requireNonNullElse(request.getHeader("authorization"), "");
        return request.getMethod() != null && !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    @Override
    public void write(
            HttpServletRequest request, HttpServletResponse response, String code, String message, String requestId)
            throws IOException {
        var form = ErrorForm.of(
                request.getHeader("authorization"),
                request.getQueryString(),
                request.getHeader("x-amz-target"),
                request.getHeader("content-type"));
        var status = response.getStatus();
        new Answer(
                        status,
                        form.write(new ErrorName(status, code), message, status < FIRST_OF_SERVERS, requestId),
                        requestId)
                .send(response);
    }
}
