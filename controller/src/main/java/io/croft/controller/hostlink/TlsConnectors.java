package io.croft.controller.hostlink;

import io.croft.controller.context.CroftProperties;
import io.croft.controller.fleet.CertificateAuthority;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The two TLS connectors beside the plain one: HTTP/2, TLS 1.3, the controller's own certificate, each request on a virtual thread. */
@Component
class TlsConnectors implements Connectors, WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private static final String ALIAS = "controller";

    private final CroftProperties properties;
    private final CertificateAuthority authority;
    private @Nullable TlsConnector https;
    private @Nullable TlsConnector agents;

    TlsConnectors(CroftProperties properties, CertificateAuthority authority) {
        this.properties = properties;
        this.authority = authority;
    }

    /** A connector and the certificate that it shows, so that it can be given a newer one. */
    private record TlsConnector(Connector connector, SSLHostConfigCertificate certificate) {
        int port() {
            return connector.getLocalPort();
        }

        void show(KeyStore identity) {
            certificate.setCertificateKeystore(identity);
            ((AbstractHttp11Protocol<?>) connector.getProtocolHandler()).reloadSslHostConfigs();
        }
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        var identity = identity();
        https = connector(
                "https", properties.https().address(), properties.https().port(), identity, false);
        agents = connector(
                "agents", properties.agents().address(), properties.agents().port(), identity, true);
        factory.addAdditionalConnectors(https.connector, agents.connector);
    }

    private TlsConnector connector(String name, String address, int port, KeyStore identity, boolean mutual) {
        var connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(port);
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("address", address);
        connector.setXpoweredBy(false);
        var protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
        protocol.setSSLEnabled(true);
        protocol.setExecutor(new VirtualThreadExecutor(name + "-"));
        connector.addUpgradeProtocol(new Http2Protocol());
        var host = new SSLHostConfig();
        host.setProtocols("TLSv1.3");
        if (mutual) {
            host.setCertificateVerification("required");
            host.setTrustStore(trust());
        }
        var certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(identity);
        certificate.setCertificateKeystorePassword("");
        certificate.setCertificateKeyAlias(ALIAS);
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        return new TlsConnector(connector, certificate);
    }

    @Override
    public int httpsPort() {
        return https == null ? 0 : https.port();
    }

    @Override
    public int agentsPort() {
        return agents == null ? 0 : agents.port();
    }

    /** Shows the next certificate when the present one's time runs out; otherwise the same again. */
    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.DAYS)
    void renew() {
        var identity = identity();
        for (var connector : new TlsConnector[] {https, agents}) {
            if (connector != null) {
                connector.show(identity);
            }
        }
    }

    private KeyStore identity() {
        var server = authority.server();
        return store(s ->
                s.setKeyEntry(ALIAS, server.key(), new char[0], server.chain().toArray(X509Certificate[]::new)));
    }

    private KeyStore trust() {
        return store(s -> s.setCertificateEntry("authority", authority.certificate()));
    }

    private interface Filling {
        void fill(KeyStore store) throws GeneralSecurityException;
    }

    /** In memory only, so of the type that spends no time on a password. */
    private static KeyStore store(Filling filling) {
        try {
            var store = KeyStore.getInstance("JKS");
            store.load(null, null);
            filling.fill(store);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
