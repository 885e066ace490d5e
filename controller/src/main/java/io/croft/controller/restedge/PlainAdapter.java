package io.croft.controller.restedge;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.CoyoteAdapter;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;

/** Says of the server as a whole ({@code OPTIONS *}) the methods that some path takes; its own list has TRACE and lacks PATCH. */
class PlainAdapter extends CoyoteAdapter {
    private static final String METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

    PlainAdapter(Connector connector) {
        super(connector);
    }

    @Override
    protected boolean postParseRequest(
            org.apache.coyote.Request read, Request request, org.apache.coyote.Response written, Response response)
            throws IOException, ServletException {
        var goesOn = super.postParseRequest(read, request, written, response);
        if (!goesOn && read.requestURI().equals("*")) {
            written.setHeader("Allow", METHODS);
        }
        return goesOn;
    }
}
