package io.croft.controller.restedge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Takes every failure of the REST edges before the framework does, also of requests for which there is no handler. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemResolver implements HandlerExceptionResolver {
    private final ProblemWriter problems;

    ProblemResolver(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception thrown) {
        if (RestExchange.of(request) == null) {
            return null;
        }
        if (thrown instanceof HttpRequestMethodNotSupportedException method) {
            response.setHeader("Allow", String.join(", ", allowed(method.getSupportedMethods())));
        }
        problems.write(request, response, RestFailures.of(thrown));
        return new ModelAndView();
    }

    /** With what the framework answers by itself wherever there is a handler. */
    private static Set<String> allowed(String @Nullable [] handled) {
        var methods = new TreeSet<>(Set.of(handled == null ? new String[0] : handled));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return methods;
    }
}
