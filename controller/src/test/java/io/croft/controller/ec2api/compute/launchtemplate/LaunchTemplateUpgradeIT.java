package io.croft.controller.ec2api.compute.launchtemplate;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.awsedge.StructureMembers;
import io.croft.controller.compute.launchspec.LaunchSpec;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.compute.launchspec.LaunchSpecForm;
import io.croft.controller.ec2api.compute.launchspec.LaunchSpecFormTest;
import io.croft.controller.ec2api.compute.launchspec.OldTemplates;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import tools.jackson.databind.json.JsonMapper;

/** Launch templates that were kept in AWS's words are read as those that are made now, and nothing of them is lost. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class LaunchTemplateUpgradeIT {
    private static final String SCHEMA = "croft_old_templates";
    private static final String BEFORE = "371";
    private static final List<RequestLaunchTemplateData> OLD = OldTemplates.ALL;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Flyway flyway;

    @Autowired
    JsonMapper json;

    @Autowired
    TransactionTemplate transaction;

    @BeforeAll
    void upgrade() {
        to(BEFORE);
        transaction.executeWithoutResult(_ -> insertTemplate());
        insertLaunch("r-plain", "i-plain");
        insertLaunch("r-templated", "i-templated");
        jdbc.sql("INSERT INTO croft_old_templates.tag VALUES"
                        + " ('i-templated', 'aws:ec2launchtemplate:id', 'lt-1', '1', 'instance')")
                .update();
        insertToken("CreateLaunchTemplate", "lt-1");
        insertToken("CreateLaunchTemplateVersion", "lt-1");
        insertToken("RunInstances", "r-plain");
        insertToken("RunInstances", "r-templated");
        to("latest");
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

    private void insertTemplate() {
        jdbc.sql("INSERT INTO croft_old_templates.launch_template VALUES ('lt-1', '1', 'old', now(), 1, 3, 'me')")
                .update();
        for (var data : OLD) {
            insert(json.writeValueAsString(StructureMembers.of(data)));
        }
        insert("{\"SubnetId\":\"subnet-0123456789abcdef0\",\"PrivateIpAddress\":\"172.31.0.9\"}");
    }

    private void insert(String data) {
        jdbc.sql("""
                        INSERT INTO croft_old_templates.launch_template_version
                        SELECT 'lt-1', count(*) + 1, NULL, now(), ?::jsonb, 'me' FROM croft_old_templates.launch_template_version
                        """).param(data).update();
    }

    private void insertLaunch(String reservation, String instance) {
        jdbc.sql("""
                        INSERT INTO croft_old_templates.instance (id, account, reservation, launch_index, image, instance_type, vcpus, threads_per_core,
                            memory_mib, architecture, boot_mode, zone, root_device, shutdown_behavior, disable_api_termination, metadata_endpoint,
                            metadata_tokens, metadata_hop_limit, metadata_tags, state, state_since, transition_reason, launched, has_run)
                        VALUES (:id, '1', :reservation, 0, 'ami-1', 't3.nano', 2, 2, 512, 'x86_64', 'BIOS', 'us-east-1a', '/dev/xvda', 'STOP', false, true,
                            true, 2, false, 'STOPPED', now(), '', now(), true)
                        """).param("id", instance).param("reservation", reservation).update();
    }

    private void insertToken(String action, String made) {
        jdbc.sql(
                        "INSERT INTO croft_old_templates.client_token VALUES ('1', :action, :made, 'digest', ARRAY[:made], now())")
                .param("action", action)
                .param("made", made)
                .update();
    }

    private LaunchSpec kept(int version) {
        return jdbc.sql("SELECT data FROM croft_old_templates.launch_template_version WHERE version = ?")
                .param(version)
                .query((row, _) -> json.readValue(row.getString("data"), LaunchSpec.class))
                .single();
    }

    @Test
    void areAsIfTheyWereMadeNow() {
        for (var data : OLD) {
            var kept = kept(OLD.indexOf(data) + 1);
            assertThat(kept).isEqualTo(LaunchSpecForm.read(data));
            assertThat(LaunchSpecForm.write(kept)).isEqualTo(LaunchSpecFormTest.shown(data));
        }
    }

    /** EC2's templates have a subnet and an address of an interface alone; only the other edge made them without. */
    @Test
    void keepASubnetWithoutAnInterface() {
        var kept = kept(OLD.size() + 1);
        assertThat(kept.network().subnet()).hasToString("subnet-0123456789abcdef0");
        assertThat(kept.network().privateAddress()).isEqualTo("172.31.0.9");
        var nic = LaunchSpecForm.write(kept).networkInterfaces().getFirst();
        assertThat(nic.deviceIndex()).isZero();
        assertThat(nic.subnetId()).isEqualTo("subnet-0123456789abcdef0");
        assertThat(nic.privateIpAddress()).isEqualTo("172.31.0.9");
    }

    @Test
    void leaveTheTokensOfTheirRequestsGood() {
        assertThat(jdbc.sql(
                                "SELECT action || ' ' || token FROM croft_old_templates.client_token WHERE parameter_hash = ''")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(
                        "CreateLaunchTemplate lt-1", "CreateLaunchTemplateVersion lt-1", "RunInstances r-templated");
    }
}
