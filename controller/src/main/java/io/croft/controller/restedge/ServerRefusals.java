package io.croft.controller.restedge;

import io.croft.rest.Problem;
import io.croft.types.ErrorCode;
import java.io.IOException;
import java.util.UUID;
import org.apache.catalina.Engine;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever no edge answered: a path that is nobody's, or a request that the web server refuses before any filter sees it, such as one whose path is no URI. A problem document instead of the
 * server's page.
 */
public class ServerRefusals extends ErrorReportValve {
    @Component
    static class Installation implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            factory.addContextCustomizers(context -> {
                var host = (StandardHost) context.getParent();
                host.setErrorReportValveClass(ServerRefusals.class.getName());
                leaveTrace((Engine) host.getParent());
            });
        }

        /** To the dispatcher, which says what a path takes; the server would name methods that it does not. */
        private static void leaveTrace(Engine engine) {
            for (var connector : engine.getService().findConnectors()) {
                connector.setAllowTrace(true);
                connector.addLifecycleListener(event -> {
                    if (event.getType().equals(Lifecycle.AFTER_INIT_EVENT)) {
                        connector.getProtocolHandler().setAdapter(new PlainAdapter(connector));
                    }
                });
            }
        }
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        var status = HttpStatus.resolve(response.getStatus());
        if (status == null || !status.isError() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var id = UUID.randomUUID().toString();
        var log = LoggerFactory.getLogger(ServerRefusals.class);
        log.atLevel(status.is5xxServerError() && thrown != null ? Level.ERROR : Level.DEBUG)
                .setCause(thrown)
                .addKeyValue("request", id)
                .addKeyValue("status", status.value())
                .log("No edge answered a request");
        try {
            response.setHeader(ProblemWriter.REQUEST_ID, id);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(JsonMapper.shared().writeValueAsBytes(problem(status, id)));
            response.finishResponse();
        } catch (IOException e) {
            log.debug("the client of request {} went away", id, e);
        }
    }

    private static Problem problem(HttpStatus status, String id) {
        return switch (status) {
            case NOT_FOUND -> problem(status, ErrorCode.NOT_FOUND.ec2Name(), "There is nothing at this path.", id);
            case METHOD_NOT_ALLOWED ->
                problem(
                        status,
                        ErrorCode.METHOD_NOT_ALLOWED.ec2Name(),
                        "This path does not take the request's method.",
                        id);
            case NOT_IMPLEMENTED -> problem(status, "NotImplemented", "No path takes the request's method.", id);
            case INTERNAL_SERVER_ERROR ->
                problem(status, ErrorCode.INTERNAL_ERROR.ec2Name(), "An internal error has occurred.", id);
            default -> problem(status, "MalformedRequest", "The server does not take this request.", id);
        };
    }

    private static Problem problem(HttpStatus status, String code, String detail, String id) {
        return new Problem(status.getReasonPhrase(), status.value(), detail, code, id);
    }
}
