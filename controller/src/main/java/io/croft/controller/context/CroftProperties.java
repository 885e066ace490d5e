package io.croft.controller.context;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The deployment's own settings ({@code croft.*}).
 *
 * @param region the name clients sign for
 * @param zones its availability zones; the first is the default
 * @param stateDir where the authority, the master key, the operator's token and the blobs are kept
 * @param publicPool the block that public addresses come from
 * @param publicDomain the domain of public addresses' names, {@code ec2-A-B-C-D} in it; it is to have no other names
 * @param cpuOvercommit virtual CPUs promised per processor of a host
 * @param memoryOvercommit bytes promised per byte of a host
 */
@ConfigurationProperties("croft")
public record CroftProperties(
        @DefaultValue("us-east-1") String region,
        @DefaultValue("us-east-1a") List<String> zones,
        @DefaultValue("/var/lib/croft/controller") Path stateDir,
        @DefaultValue("198.18.0.0/24") String publicPool,
        @DefaultValue(CroftProperties.OWN_PUBLIC_DOMAIN) String publicDomain,
        @DefaultValue("4.0") double cpuOvercommit,
        @DefaultValue("1.0") double memoryOvercommit,
        @DefaultValue Launch launch,
        @DefaultValue Https https,
        @DefaultValue Agents agents) {
    /** The public domain where the operator has set none: no name server of the world's knows it. */
    public static final String OWN_PUBLIC_DOMAIN = "compute.croft.internal";

    /**
     * @param deadline how long a launch may take before it ends with its reason
     */
    public record Launch(@DefaultValue("PT5M") Duration deadline) {}

    /** Where tenants and operators reach the controller over TLS. */
    public record Https(
            @DefaultValue("0.0.0.0") String address,
            @DefaultValue("8443") int port) {}

    /** Where agents reach the controller over mutual TLS. */
    public record Agents(
            @DefaultValue("0.0.0.0") String address,
            @DefaultValue("8444") int port) {}
}
