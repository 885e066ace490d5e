package io.croft.controller.restedge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
            response.setHeader("Allow", String.join(", ", allowed(method)));
        }
        problems.write(request, response, RestFailures.of(thrown));
        return new ModelAndView();
    }

    private static String[] allowed(HttpRequestMethodNotSupportedException method) {
        var methods = method.getSupportedMethods();
        return methods == null ? new String[0] : methods;
    }
}
