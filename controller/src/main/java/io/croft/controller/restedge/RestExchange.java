package io.croft.controller.restedge;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.edge.ServedRequest;
import io.croft.types.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;

/** What is known of one request so far; hangs on the servlet's request, so that whoever ends it can tell. */
final class RestExchange {
    private static final String ATTRIBUTE = RestExchange.class.getName();
    private static final String NO_ACTION = "unknown";
    private static final String ANYTHING = "/**";
    private static final int LONGEST_SUBJECT = 100;
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private final long started = System.nanoTime();
    private final String requestId = UUID.randomUUID().toString();
    private final HttpServletRequest request;
    private String claimed = "anonymous";
    private @Nullable Caller caller;
    private @Nullable CloudException failure;

    private RestExchange(HttpServletRequest request) {
        this.request = request;
    }

    static RestExchange begin(HttpServletRequest request) {
        var exchange = new RestExchange(request);
        request.setAttribute(ATTRIBUTE, exchange);
        return exchange;
    }

    /** The exchange that a request belongs to; null for a request of another edge. */
    static @Nullable RestExchange of(HttpServletRequest request) {
        return (RestExchange) request.getAttribute(ATTRIBUTE);
    }

    /**
     * Who was proved.
     *
     * @throws CloudException AuthFailure when nobody was: a request that came past the filter
     */
    static Caller caller(HttpServletRequest request) {
        var exchange = of(request);
        if (exchange == null || exchange.caller == null) {
            throw new CloudException(ErrorCode.AUTH_FAILURE, "The request is not authenticated.");
        }
        return exchange.caller;
    }

    String requestId() {
        return requestId;
    }

    /** Notes which key the client says it signed with; nothing of it is proved. */
    void claimed(String accessKeyId) {
        claimed = accessKeyId;
    }

    void proved(Caller value) {
        caller = value;
    }

    void failed(CloudException value) {
        failure = value;
    }

    @Nullable
    CloudException failure() {
        return failure;
    }

    /** The resources that the request's path names; none before it was routed. */
    Set<String> resources() {
        return variables().values().stream().map(Object::toString).collect(Collectors.toSet());
    }

    /** The request as it is remembered once it is over. */
    ServedRequest end() {
        var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        var served = pattern != null && !pattern.equals(ANYTHING);
        return new ServedRequest(
                RestPaths.forTenants(request) ? "rest" : "admin",
                served ? request.getMethod() + " " + pattern : NO_ACTION,
                served && !RestPaths.reads(request),
                caller,
                caller == null ? claimed : caller.principal(),
                subject(),
                request.getRemoteAddr(),
                requestId,
                Duration.ofNanos(System.nanoTime() - started));
    }

    /** The resources that the path names, the widest first: {@code 123456789012/ann}. */
    private String subject() {
        var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        var subject = pattern == null
                ? ""
                : VARIABLE.matcher(pattern.toString())
                        .results()
                        .map(name -> Objects.toString(variables().get(name.group(1)), ""))
                        .collect(Collectors.joining("/"));
        return subject.length() > LONGEST_SUBJECT ? "" : subject;
    }

    private Map<?, ?> variables() {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                ? variables
                : Map.of();
    }
}
