package io.croft.controller.restedge;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Where people look for the description of the REST APIs: {@code /docs/}. It is static files, shown to everybody, and its links are relative to that path. */
@Configuration(proxyBeanMethods = false)
class DocsPage implements WebMvcConfigurer {
    private static final String PATH = "/docs/";

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/docs", PATH);
        registry.addViewController(PATH).setViewName("forward:" + PATH + "index.html");
    }
}
