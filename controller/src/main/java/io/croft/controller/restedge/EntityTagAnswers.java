package io.croft.controller.restedge;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Gives every answer to a tenant's GET or HEAD its entity tag, and does not repeat what the client has. */
@RestControllerAdvice
class EntityTagAnswers implements ResponseBodyAdvice<Object> {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final EntityTags tags;

    EntityTagAnswers(EntityTags tags) {
        this.tags = tags;
    }

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter method,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body == null
                || !READING.contains(request.getMethod())
                || !request.getURI().getPath().startsWith("/v1/")) {
            return body;
        }
        var tag = tags.of(body);
        response.getHeaders().setETag(tag);
        var known = request.getHeaders().getFirst(HttpHeaders.IF_NONE_MATCH);
        if (known != null && EntityTagMatch.parse(known).holds(tag)) {
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            return null;
        }
        return body;
    }
}
