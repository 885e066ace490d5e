package io.croft.controller.ec2api;

import io.croft.controller.blobstore.Blobs;
import io.croft.controller.fleet.CertificateAuthority;
import io.croft.controller.fleet.EnrollmentTokens;
import io.croft.controller.hostlink.Connectors;
import io.croft.controller.hostlink.SimulatedHost;
import io.croft.controller.identity.AccessKey;
import io.croft.controller.identity.AccessKeys;
import io.croft.controller.identity.Accounts;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** What the tests of the running edge share, so that they share one controller: a host, and a way to get accounts. */
@TestConfiguration(proxyBeanMethods = false)
public class EdgeWorld {
    /** Lazy, since it needs the TLS ports to be open. */
    @Bean
    @Lazy
    SimulatedHost host(Connectors connectors, CertificateAuthority authority, EnrollmentTokens tokens) {
        return new SimulatedHost(connectors, authority, tokens);
    }

    @Bean
    @Lazy
    Tenants tenants(
            SimulatedHost host,
            Accounts accounts,
            AccessKeys keys,
            Blobs blobs,
            @Value("${local.server.port}") int port) {
        return new Tenants(host, accounts, keys, blobs, port);
    }

    /**
     * Makes accounts.
     *
     * @param host what their instances run on
     */
    public record Tenants(SimulatedHost host, Accounts accounts, AccessKeys keys, Blobs blobs, int port) {
        public Tenant create(String name) {
            return of(keys.create(accounts.create(name).id()));
        }

        /** The clients of whoever holds the key. */
        Tenant of(AccessKey key) {
            return new Tenant(key, null, blobs, port);
        }

        /** The clients of whoever holds the temporary key and sends the token. */
        Tenant of(AccessKey key, String sessionToken) {
            return new Tenant(key, sessionToken, blobs, port);
        }
    }
}
