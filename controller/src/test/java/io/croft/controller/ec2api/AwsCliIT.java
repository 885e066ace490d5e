package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.croft.controller.CroftController;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** The whole controller with a simulated host, as the distribution's AWS CLI drives it. Skipped, and counted as such, on a machine without one. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class AwsCliIT {
    private static final Path AWS = Path.of("/usr/bin/aws");

    @Autowired
    EdgeWorld.Tenants tenants;

    private Tenant tenant;

    @BeforeAll
    void start() {
        assumeThat(AWS).isExecutable();
        tenant = tenants.create("cli");
    }

    @Test
    void runsAnInstance() {
        var image = tenant.image("cli");
        var ids = List.of(aws(
                        "ec2",
                        "run-instances",
                        "--image-id",
                        image,
                        "--instance-type",
                        "t3.nano",
                        "--count",
                        "2",
                        "--query",
                        "Instances[].InstanceId",
                        "--tag-specifications",
                        "ResourceType=instance,Tags=[{Key=Name,Value=cli}]")
                .split("\\s+", -1));
        assertThat(ids).hasSize(2);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> aws(
                                "ec2",
                                "describe-instances",
                                "--filters",
                                "Name=tag:Name,Values=cli",
                                "--query",
                                "Reservations[].Instances[].State.Name")
                        .equals("running\trunning"));
        assertThat(aws("ec2", "wait", "instance-running", "--instance-ids", ids.getFirst(), ids.getLast()))
                .isEmpty();
        assertThat(aws(
                        "ec2",
                        "describe-instance-status",
                        "--instance-ids",
                        ids.getFirst(),
                        "--query",
                        "InstanceStatuses[].InstanceStatus.Status"))
                .isEqualTo("ok");
        assertThat(aws("ec2", "get-console-output", "--instance-id", ids.getFirst(), "--query", "Output"))
                .contains(ids.getFirst());
        aws("ec2", "stop-instances", "--instance-ids", ids.getFirst(), "--force");
        aws("ec2", "reboot-instances", "--instance-ids", ids.getLast());
        assertThat(aws(
                        "ec2",
                        "terminate-instances",
                        "--instance-ids",
                        ids.getFirst(),
                        ids.getLast(),
                        "--query",
                        "TerminatingInstances[].CurrentState.Name"))
                .isEqualTo("shutting-down\tshutting-down");
    }

    /** Each waiter of the CLI whose noun is served, once what it waits for is so: a wait that is not over at once takes fifteen seconds and more. */
    @Test
    @Tag("long")
    void waits() {
        var image = tenant.image("waited");
        aws("ec2", "create-key-pair", "--key-name", "waited");
        var instance = aws(
                "ec2",
                "run-instances",
                "--image-id",
                image,
                "--instance-type",
                "t3.nano",
                "--query",
                "Instances[].[InstanceId,SubnetId,VpcId,SecurityGroups[0].GroupId]");
        var ids = List.of(instance.split("\\s+", -1));
        wait("instance-exists", "--instance-ids", ids.getFirst());
        await().atMost(Duration.ofSeconds(60)).until(() -> state(ids.getFirst()).equals("running"));
        wait("instance-running", "--instance-ids", ids.getFirst());
        wait("instance-status-ok", "--instance-ids", ids.getFirst());
        wait("system-status-ok", "--instance-ids", ids.getFirst());
        wait("image-exists", "--image-ids", image);
        wait("image-available", "--image-ids", image);
        wait("key-pair-exists", "--key-names", "waited");
        wait("security-group-exists", "--group-ids", ids.get(3));
        wait("subnet-available", "--subnet-ids", ids.get(1));
        wait("vpc-exists", "--vpc-ids", ids.get(2));
        wait("vpc-available", "--vpc-ids", ids.get(2));
        var volume = aws(
                "ec2",
                "describe-volumes",
                "--query",
                "Volumes[?Attachments[0].InstanceId=='" + ids.getFirst() + "'].VolumeId");
        wait("volume-in-use", "--volume-ids", volume);

        aws("ec2", "stop-instances", "--instance-ids", ids.getFirst());
        await().atMost(Duration.ofSeconds(60)).until(() -> state(ids.getFirst()).equals("stopped"));
        wait("instance-stopped", "--instance-ids", ids.getFirst());
        aws("ec2", "terminate-instances", "--instance-ids", ids.getFirst());
        await().atMost(Duration.ofSeconds(60)).until(() -> state(ids.getFirst()).equals("terminated"));
        wait("instance-terminated", "--instance-ids", ids.getFirst());
        wait("volume-deleted", "--volume-ids", volume);
        var never = run(tenant.key.secret(), "ec2", "wait", "instance-running", "--instance-ids", ids.getFirst());
        assertThat(never.status()).isEqualTo(255);
        assertThat(never.errors()).contains("terminal failure state");
    }

    private void wait(String waiter, String... what) {
        var words = new ArrayList<>(List.of("ec2", "wait", waiter));
        words.addAll(List.of(what));
        assertThat(aws(words.toArray(String[]::new))).isEmpty();
    }

    private String state(String instance) {
        return aws(
                "ec2",
                "describe-instances",
                "--instance-ids",
                instance,
                "--query",
                "Reservations[].Instances[].State.Name");
    }

    @Test
    void opensAPort() {
        var group = aws(
                "ec2",
                "create-security-group",
                "--group-name",
                "cli",
                "--description",
                "of the CLI",
                "--query",
                "GroupId");
        aws(
                "ec2",
                "authorize-security-group-ingress",
                "--group-id",
                group,
                "--protocol",
                "tcp",
                "--port",
                "22",
                "--cidr",
                "0.0.0.0/0");
        assertThat(aws(
                        "ec2",
                        "describe-security-groups",
                        "--group-ids",
                        group,
                        "--query",
                        "SecurityGroups[].IpPermissions[].FromPort"))
                .isEqualTo("22");
        aws(
                "ec2",
                "revoke-security-group-ingress",
                "--group-id",
                group,
                "--protocol",
                "tcp",
                "--port",
                "22",
                "--cidr",
                "0.0.0.0/0");
        aws("ec2", "delete-security-group", "--group-id", group);
    }

    @Test
    void knowsWhoItIs() {
        assertThat(aws("sts", "get-caller-identity", "--query", "Account")).isEqualTo(tenant.account.value());
        assertThat(aws(
                        "ec2",
                        "create-key-pair",
                        "--key-name",
                        "cli",
                        "--key-type",
                        "ed25519",
                        "--query",
                        "KeyMaterial"))
                .startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
    }

    @Test
    void readsErrors() {
        var ended = run(tenant.key.secret(), "ec2", "describe-instances", "--instance-ids", "i-00000000000000000");
        assertThat(ended.status()).isEqualTo(254);
        assertThat(ended.errors()).contains("An error occurred (InvalidInstanceID.NotFound)");
        assertThat(run("wrong", "ec2", "describe-instances").errors()).contains("(AuthFailure)");
        assertThat(run(tenant.key.secret(), "ec2", "create-nat-gateway", "--subnet-id", "subnet-1")
                        .errors())
                .contains("(InvalidAction)");
    }

    private String aws(String... arguments) {
        var ended = run(tenant.key.secret(), arguments);
        assertThat(ended.status()).as(ended.errors()).isZero();
        return ended.output().strip();
    }

    private ClientProcess.Ended run(String secret, String... arguments) {
        var command = new ArrayList<>(List.of(
                AWS.toString(),
                "--endpoint-url",
                tenant.endpoint().toString(),
                "--region",
                "us-east-1",
                "--output",
                "text"));
        command.addAll(List.of(arguments));
        return ClientProcess.run(tenant.key.id(), secret, command);
    }
}
