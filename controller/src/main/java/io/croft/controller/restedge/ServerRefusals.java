package io.croft.controller.restedge;

import io.croft.controller.edge.RefusalForm;
import io.croft.rest.Problem;
import io.croft.types.ErrorCode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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
 * Whatever no edge answered: a path that is nobody's, or a request that the web server refuses before any filter sees it, such as one whose path is no URI. Instead of the server's page
 * a problem document for whoever speaks REST, and its own form for every other client.
 */
public class ServerRefusals extends ErrorReportValve {
    /** Longer lines and headers than this no client has reason to send; 8 KiB, the server's own limit, is little for a signed query with a session's token. */
    private static final int LONGEST_HEAD = 32 * 1024;

    /** Characters that no URI may have and careless clients send; they are left to the edges, which answer in the client's form. */
    private static final String CARELESS = "\"<>[\\]^`{|}";

    private final List<RefusalForm> forms;

    ServerRefusals(List<RefusalForm> forms) {
        this.forms = List.copyOf(forms);
    }

    @Component
    static class Installation implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
        private final List<RefusalForm> forms;

        Installation(List<RefusalForm> forms) {
            this.forms = forms;
        }

        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            factory.addContextCustomizers(context -> {
                var host = (StandardHost) context.getParent();
                host.setErrorReportValveClass("");
                host.addLifecycleListener(event -> {
                    if (event.getType().equals(Lifecycle.BEFORE_START_EVENT)) {
                        host.getPipeline().addValve(new ServerRefusals(forms));
                    }
                });
                open((Engine) host.getParent());
            });
        }

        /** TRACE goes to the dispatcher, which says what a path takes; the server would name methods that it does not. */
        private static void open(Engine engine) {
            for (var connector : engine.getService().findConnectors()) {
                connector.setAllowTrace(true);
                connector.setProperty("maxHttpRequestHeaderSize", Integer.toString(LONGEST_HEAD));
                connector.setProperty("relaxedPathChars", CARELESS);
                connector.setProperty("relaxedQueryChars", CARELESS);
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
            write(request, response, problem(status, id));
            response.finishResponse();
        } catch (IOException e) {
            log.debug("the client of request {} went away", id, e);
        }
    }

    private void write(Request request, Response response, Problem problem) throws IOException {
        var form = RestPaths.isServed(request.getRequestURI())
                ? Optional.<RefusalForm>empty()
                : forms.stream().filter(f -> f.isOf(request)).findFirst();
        if (form.isPresent()) {
            form.get().write(request, response, problem.code(), problem.detail(), problem.requestId());
            return;
        }
        response.setHeader(ProblemWriter.REQUEST_ID, problem.requestId());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(JsonMapper.shared().writeValueAsBytes(problem));
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
