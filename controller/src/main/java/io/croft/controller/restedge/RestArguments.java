package io.croft.controller.restedge;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Hands handlers the proved {@link Caller} and a listing's {@link Query}. */
@Configuration(proxyBeanMethods = false)
class RestArguments implements WebMvcConfigurer {
    private final DeclaredRequest declared;

    RestArguments(DeclaredRequest declared) {
        this.declared = declared;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(declared).addPathPatterns("/v1/**", "/admin/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new OfRequest(Caller.class, RestExchange::caller));
        resolvers.add(new OfRequest(Query.class, ListingQuery::of));
    }

    private record OfRequest(Class<?> type, Function<HttpServletRequest, Object> value)
            implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType().equals(type);
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory factory) {
            return value.apply(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
        }
    }
}
