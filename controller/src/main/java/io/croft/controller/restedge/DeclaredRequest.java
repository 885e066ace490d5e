package io.croft.controller.restedge;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.types.ErrorCode;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses by name what a call does not declare: nothing that a client sends is passed over in silence. */
@Component
class DeclaredRequest implements HandlerInterceptor {
    static final String DRY_RUN = "dryRun";
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final Pattern JSON = Pattern.compile("application/json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);
    private static final String SIGNING_PREFIX = "X-Amz-";
    private static final List<String> MEANINGFUL_HEADERS = List.of(HttpHeaders.IF_MATCH, IDEMPOTENCY_KEY);

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        RestExchange.caller(request);
        if (handler instanceof HandlerMethod method) {
            requireJson(request, method.getMethodParameters());
            requireNoBody(request, method.getMethodParameters());
            requireParameters(request, method.getMethodParameters());
            requireHeaders(request, method.getMethodParameters());
        }
        return true;
    }

    /** Whatever else the framework could read; a form's fields would be taken for parameters. */
    private static void requireJson(HttpServletRequest request, MethodParameter[] declared) {
        var type = request.getContentType();
        if (type != null
                && !JSON.matcher(type).matches()
                && Arrays.stream(declared).anyMatch(p -> p.hasParameterAnnotation(RequestBody.class))) {
            throw new CloudException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json.");
        }
    }

    private static void requireNoBody(HttpServletRequest request, MethodParameter[] declared) {
        var bears = request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        if (bears && Arrays.stream(declared).noneMatch(DeclaredRequest::readsBody)) {
            throw new CloudException(ErrorCode.UNKNOWN_PARAMETER, "This call takes no body.");
        }
    }

    /** A method that asks for the request itself reads its body; one that needs the rest of it takes a {@code ServletWebRequest}. */
    private static boolean readsBody(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(RequestBody.class)
                || ServletRequest.class.isAssignableFrom(parameter.getParameterType());
    }

    private static void requireParameters(HttpServletRequest request, MethodParameter[] declared) {
        if (Arrays.stream(declared).anyMatch(p -> p.getParameterType() == Query.class)) {
            return;
        }
        var names = declaredNames(request, declared);
        request.getParameterMap().forEach((name, values) -> {
            if (!names.contains(name) && !name.startsWith(SIGNING_PREFIX)) {
                throw new CloudException(ErrorCode.UNKNOWN_PARAMETER, "The parameter '" + name + "' is unknown.");
            }
            if (values.length > 1) {
                throw new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE, "The parameter '" + name + "' is there twice.");
            }
            if (name.equals(DRY_RUN) && !values[0].equals("true") && !values[0].equals("false")) {
                throw new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE, "The parameter 'dryRun' must be true or false.");
            }
        });
    }

    private static Set<String> declaredNames(HttpServletRequest request, MethodParameter[] declared) {
        var names = Arrays.stream(declared)
                .filter(p -> p.hasParameterAnnotation(RequestParam.class))
                .map(p -> p.getParameter().getName())
                .collect(Collectors.toSet());
        if (RestPaths.forTenants(request) && !RestPaths.reads(request)) {
            names.add(DRY_RUN);
        }
        return names;
    }

    private static void requireHeaders(HttpServletRequest request, MethodParameter[] declared) {
        for (var header : MEANINGFUL_HEADERS) {
            if (request.getHeader(header) != null && Arrays.stream(declared).noneMatch(p -> reads(p, header))) {
                throw new CloudException(
                        ErrorCode.UNSUPPORTED_OPERATION, "The header " + header + " is not supported here.");
            }
        }
    }

    private static boolean reads(MethodParameter parameter, String header) {
        var annotation = parameter.getParameterAnnotation(RequestHeader.class);
        return annotation != null && annotation.value().equals(header);
    }
}
