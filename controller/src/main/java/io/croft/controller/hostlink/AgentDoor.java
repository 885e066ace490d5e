package io.croft.controller.hostlink;

import io.croft.controller.fleet.Enrollment;
import io.croft.types.HostId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps the agents' port and the other ports apart: what agents say is heard on their port alone, from a host whose certificate has not ended, and nothing else is
 * heard there; enrolment is heard on the TLS port alone. Everything is refused that is not plainly one of these.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class AgentDoor extends OncePerRequestFilter {
    /** The request attribute with the {@link HostId} that has proved itself. */
    static final String HOST = AgentRequests.HOST;

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final String AGENTS = "/agent/";
    private static final String ENROLL = "/agent/v1/enroll";
    private static final long LONGEST_ENROLMENT = 64 * 1024;

    private final Connectors connectors;
    private final Enrollment enrollment;

    AgentDoor(Connectors connectors, Enrollment enrollment) {
        this.connectors = connectors;
        this.enrollment = enrollment;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var path = request.getServletPath();
        var onAgentsPort = request.getLocalPort() == connectors.agentsPort();
        if (!path.startsWith(AGENTS)) {
            pass(!onAgentsPort, HttpServletResponse.SC_NOT_FOUND, request, response, chain);
        } else if (path.equals(ENROLL)) {
            enroll(request, response, chain);
        } else if (!onAgentsPort) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            var host = host(request);
            host.ifPresent(h -> request.setAttribute(HOST, h));
            pass(host.isPresent(), HttpServletResponse.SC_FORBIDDEN, request, response, chain);
        }
    }

    private void enroll(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getLocalPort() != connectors.httpsPort()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        var length = request.getContentLengthLong();
        pass(
                length >= 0 && length <= LONGEST_ENROLMENT,
                HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                request,
                response,
                chain);
    }

    private static void pass(
            boolean allowed, int status, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (allowed) {
            chain.doFilter(request, response);
        } else {
            response.sendError(status);
        }
    }

    private Optional<HostId> host(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? enrollment.holder(chain[0])
                : Optional.empty();
    }
}
