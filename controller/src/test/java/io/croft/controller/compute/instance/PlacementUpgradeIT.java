package io.croft.controller.compute.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.compute.ComputeTest;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a host had of an instance when an instance, a volume and an interface each named their host themselves, it has after the upgrade. */
@ComputeTest
class PlacementUpgradeIT {
    private static final String SCHEMA = "croft_old_places";

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Flyway flyway;

    @Test
    void everythingStaysWhereItWas() {
        to("400");
        jdbc.sql("""
                        INSERT INTO croft_old_places.vpc VALUES ('vpc-1', '1', '172.31.0.0/16', true, now());
                        INSERT INTO croft_old_places.subnet VALUES ('subnet-1', 'vpc-1', '1', '172.31.0.0/20', 'us-east-1a', true, true, 1, 'mac-0', now());
                        INSERT INTO croft_old_places.instance (id, account, reservation, launch_index, image, instance_type, vcpus, threads_per_core,
                                memory_mib, architecture, boot_mode, zone, root_device, shutdown_behavior, disable_api_termination, metadata_endpoint,
                                metadata_tokens, metadata_hop_limit, metadata_tags, state, state_since, transition_reason, launched, has_run)
                            VALUES ('i-1', '1', 'r-1', 0, 'ami-1', 't3.nano', 2, 2, 512, 'x86_64', 'BIOS', 'us-east-1a', '/dev/xvda', 'STOP', false, true,
                                true, 2, false, 'RUNNING', now(), '', now(), true);
                        INSERT INTO croft_old_places.vm (instance, host, generation, presence, power, stop_mode)
                            VALUES ('i-1', 'host-1', 7, 'PRESENT', 'ON', 'GRACEFUL');
                        INSERT INTO croft_old_places.volume (id, account, zone, host, backend, size_gib, type, state, created, generation)
                            VALUES ('vol-1', '1', 'us-east-1a', 'host-1', 'file', 2, 'gp3', 'IN_USE', now(), 8);
                        INSERT INTO croft_old_places.volume_attachment VALUES ('vol-1', 'i-1', '/dev/xvda', true, 'ATTACHED', now(), true);
                        INSERT INTO croft_old_places.network_interface (id, account, vpc, subnet, zone, description, mac, private_address,
                                source_dest_check, attachment, instance, device_index, attached, delete_on_termination, host, generation, releasing)
                            VALUES ('eni-1', '1', 'vpc-1', 'subnet-1', 'us-east-1a', '', 'mac-1', '172.31.0.4', true, 'eni-attach-1', 'i-1', 0,
                                '2026-11-21T00:00:00Z', true, 'host-1', 9, false);
                        """).update();
        to("latest");
        assertThat(jdbc.sql("""
                        SELECT m.live, m.generation AS machine, p.host || ' ' || p.backend AS volume_place, v.generation AS volume, a.id AS attachment, a.device_index,
                            a.attached = '2026-11-21T00:00:00Z' AND a.delete_on_termination AS as_before, h.host AS interface_host, n.generation AS interface
                        FROM croft_old_places.vm m
                            JOIN croft_old_places.volume_attachment va ON va.instance = m.instance
                            JOIN croft_old_places.volume v ON v.id = va.volume
                            JOIN croft_old_places.volume_placement p ON p.volume = v.id
                            JOIN croft_old_places.network_interface_attachment a ON a.instance = m.instance
                            JOIN croft_old_places.network_interface n ON n.id = a.interface
                            JOIN croft_old_places.network_interface_placement h ON h.interface = n.id
                        """).query().listOfRows())
                .containsExactly(Map.of(
                        "live",
                        true,
                        "machine",
                        7L,
                        "volume_place",
                        "host-1 file",
                        "volume",
                        8L,
                        "attachment",
                        "eni-attach-1",
                        "device_index",
                        0,
                        "as_before",
                        true,
                        "interface_host",
                        "host-1",
                        "interface",
                        9L));
    }

    private void to(String version) {
        Flyway.configure()
                .configuration(flyway.getConfiguration())
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .target(version)
                .load()
                .migrate();
    }
}
