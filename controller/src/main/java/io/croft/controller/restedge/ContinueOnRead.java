package io.croft.controller.restedge;

import org.apache.catalina.Engine;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Bids a client that asks with {@code Expect: 100-continue} to go on only when somebody reads its body: a request that is refused by its headers, for its token, its
 * account or its size, is answered before an image is sent for nothing.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-expect">RFC 9110, Expect</a>
 */
@Component
class ContinueOnRead implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            var host = (StandardHost) context.getParent();
            var engine = (Engine) host.getParent();
            for (var connector : engine.getService().findConnectors()) {
                if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                    http.setContinueResponseTiming("onRead");
                }
            }
        });
    }
}
