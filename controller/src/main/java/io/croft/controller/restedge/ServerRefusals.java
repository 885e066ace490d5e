package io.croft.controller.restedge;

import io.croft.rest.Problem;
import java.io.IOException;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What the web server itself refuses, such as a path that is no URI, before any filter sees it: a problem document instead of the server's page. */
public class ServerRefusals extends ErrorReportValve {
    @Component
    static class Installation implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            factory.addContextCustomizers(context ->
                    ((StandardHost) context.getParent()).setErrorReportValveClass(ServerRefusals.class.getName()));
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
        log.debug("request {} was refused with {} before it was read", id, status, thrown);
        var problem = new Problem(
                status.getReasonPhrase(),
                status.value(),
                "The server cannot read this request.",
                status == HttpStatus.INTERNAL_SERVER_ERROR ? "InternalError" : "MalformedRequest",
                id);
        try {
            response.setHeader(ProblemWriter.REQUEST_ID, id);
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getOutputStream().write(JsonMapper.shared().writeValueAsBytes(problem));
            response.finishResponse();
        } catch (IOException e) {
            log.debug("the client of request {} went away", id, e);
        }
    }
}
