package io.croft.agent;

import io.croft.types.Cidr;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the operator decides about an agent.
 *
 * @param name the host's name, as operators see it
 * @param zone the availability zone that it stands in
 * @param enrollUrl the controller's https port, for the first certificate
 * @param controller the controller's port for agents
 * @param enrollTokenFile the one-time token; read while there is no certificate, then deleted
 * @param stateDir what must outlive the host's restart
 * @param runDir what need not
 * @param drivers on what the agent acts
 * @param libvirtUri libvirt's connection URI
 * @param libvirtRestart the command, a word each, that restarts libvirt's daemon, needed once that died inside a machine's start; empty to have it done by
 *     systemd or runit
 * @param accelerator {@code auto}, {@code kvm} or {@code tcg}
 * @param emulate the architectures besides the host's own whose instances it takes, by slow emulation: {@code arm64}, {@code x86_64}; empty for none
 * @param uplink the host's card on which it answers for public addresses; null when they are reachable from this host alone
 * @param publicPool the block that public addresses are taken from
 * @param underlay by what the host reaches others, so that the instances of one VPC are one network on all of them: a card, one of the host's IPv4 addresses, nothing if it is "none", or by default ("auto") what it finds: by the way to the controller, or the uplink
 * @param upstreamDns the resolvers that the VPCs' resolvers ask; empty for the host's own
 * @param stopGrace how long a guest may take to power itself off before its power is cut
 * @param bootLimit how long a guest may take after power-on to answer on its network before its status check fails
 * @param emulatedBootLimit the same of one whose processor is emulated
 * @param diskReserveBytes free bytes of the disk below which neither volumes nor images are made
 */
@ConfigurationProperties("croft.agent")
public record AgentSettings(
        String name,
        @DefaultValue("us-east-1a") String zone,
        @DefaultValue("https://127.0.0.1:8443") URI enrollUrl,
        @DefaultValue("https://127.0.0.1:8444") URI controller,
        @DefaultValue("/etc/croft/enroll.token") Path enrollTokenFile,
        @DefaultValue("/var/lib/croft/agent") Path stateDir,
        @DefaultValue("/run/croft") Path runDir,
        @DefaultValue("real") DriverKind drivers,
        @DefaultValue("qemu:///system") String libvirtUri,
        @DefaultValue List<String> libvirtRestart,
        @DefaultValue("auto") String accelerator,
        @DefaultValue List<String> emulate,
        @Nullable String uplink,
        @DefaultValue("198.18.0.0/24") Cidr publicPool,
        @DefaultValue("auto") String underlay,
        @DefaultValue List<String> upstreamDns,
        @DefaultValue("60s") Duration stopGrace,
        @DefaultValue("5m") Duration bootLimit,
        @DefaultValue("15m") Duration emulatedBootLimit,
        @DefaultValue("536870912") long diskReserveBytes) {
    public AgentSettings {
        libvirtRestart = List.copyOf(libvirtRestart);
        emulate = List.copyOf(emulate);
        upstreamDns = List.copyOf(upstreamDns);
    }

    /** On what an agent acts. */
    public enum DriverKind {
        /** libvirt, the kernel's network and filters, files. */
        REAL,
        /** Nothing but memory. */
        SIM
    }

    Path identity() {
        return stateDir.resolve("identity");
    }

    Path ledger() {
        return stateDir.resolve("ledger");
    }

    Path metadataKey() {
        return stateDir.resolve("metadata.key");
    }

    Path status() {
        return runDir.resolve("agent.status");
    }
}
