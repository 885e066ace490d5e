package io.croft.controller.fleet;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The fleet's own settings ({@code croft.fleet.*}).
 *
 * @param suspectAfter silence after which a host takes no new claims; above the 15 s between full reports, so that one that is a little late does not count
 * @param unreachableAfter silence after which a host counts as away
 * @param memoryReserve memory of each host that is kept for the host itself
 * @param diskOvercommit virtual bytes of disks promised per byte of a host's storage; disks are thin
 * @param certificateNames further DNS names and addresses under which agents and clients reach the controller
 * @param agentCertificate how long an agent's certificate is good; it renews itself well before
 */
@ConfigurationProperties("croft.fleet")
record FleetProperties(
        @DefaultValue("20s") Duration suspectAfter,
        @DefaultValue("50s") Duration unreachableAfter,
        @DefaultValue("512MB") DataSize memoryReserve,
        @DefaultValue("2.0") double diskOvercommit,
        @DefaultValue List<String> certificateNames,
        @DefaultValue("90d") Duration agentCertificate) {}
