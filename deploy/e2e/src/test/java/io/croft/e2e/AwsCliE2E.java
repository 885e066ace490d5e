package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import tools.jackson.databind.JsonNode;

/** An instance's whole life by the distribution's AWS CLI, its waiters included. */
@Tag("real")
class AwsCliE2E {
    private final LabFixture fixture = new LabFixture();
    private final AwsCli aws = fixture.aws;

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    @Test
    void threeInstancesLiveTheirLife() {
        List<String> ids = run(3);
        waiter("instance-running", ids);
        spreadOverBothHosts(ids);
        filtersFind(ids);

        List<String> two = ids.subList(0, 2);
        aws.ec2(words("stop-instances", ids.subList(0, 1)));
        aws.ec2(words("stop-instances", ids.subList(1, 2), "--force"));
        awaited("instance-stopped", InstanceStateName.STOPPED, two);
        fixture.awaitAgreement();

        aws.ec2(words("start-instances", two));
        awaited("instance-running", InstanceStateName.RUNNING, ids);
        fixture.awaitAgreement();

        consoleTellsOfReboot(ids.get(2));

        aws.ec2(words("terminate-instances", ids));
        awaited("instance-terminated", InstanceStateName.TERMINATED, ids);
        assertThat(HostState.all(fixture.lab))
                .allSatisfy(h -> assertThat(h.resources().keySet()).doesNotContainAnyElementsOf(ids));
    }

    @Test
    void errorsAreThoseOfEc2() {
        assertThat(aws.ec2Error("describe-instances", "--instance-ids", "i-0123456789abcdef0"))
                .contains("InvalidInstanceID.NotFound");
        assertThat(aws.ec2Error("describe-instances", "--instance-ids", "i-1")).contains("InvalidInstanceID.Malformed");
        assertThat(aws.ec2Error("run-instances", "--dry-run", "--image-id", fixture.environment.image()))
                .contains("DryRunOperation");
        assertThat(aws.ec2Error("describe-instances", "--filters", "Name=no-such-filter,Values=x"))
                .contains("InvalidParameterValue");
    }

    private List<String> run(int count) {
        JsonNode reservation = aws.ec2(
                "run-instances",
                "--image-id",
                fixture.environment.image(),
                "--instance-type",
                "t3.nano",
                "--count",
                Integer.toString(count),
                "--key-name",
                "lab",
                "--tag-specifications",
                "ResourceType=instance,Tags=[{Key=Name,Value=cli}]");
        List<String> ids = new ArrayList<>();
        reservation.path("Instances").forEach(i -> ids.add(i.path("InstanceId").asString()));
        assertThat(ids).hasSize(count).allMatch(id -> id.matches("i-[0-9a-f]{17}"));
        return ids;
    }

    private void spreadOverBothHosts(List<String> ids) {
        Set<String> hosts = new HashSet<>();
        ids.forEach(id -> hosts.add(fixture.hostOf(id)));
        assertThat(hosts).containsExactlyInAnyOrderElementsOf(fixture.lab.hosts());
    }

    private void filtersFind(List<String> ids) {
        assertThat(found("Name=instance-state-name,Values=running", "Name=tag:Name,Values=c*"))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(found("Name=tag:Name,Values=other")).isEmpty();
        assertThat(found("Name=instance-type,Values=t3.nano", "Name=instance-state-name,Values=stopped"))
                .isEmpty();
        assertThat(found("Name=key-name,Values=lab,other", "Name=instance-state-name,Values=pending,running"))
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    private List<String> found(String... filters) {
        List<String> line = new ArrayList<>(List.of("describe-instances", "--filters"));
        line.addAll(List.of(filters));
        List<String> ids = new ArrayList<>();
        aws.ec2(line.toArray(String[]::new))
                .path("Reservations")
                .forEach(r -> r.path("Instances")
                        .forEach(i -> ids.add(i.path("InstanceId").asString())));
        return ids;
    }

    private void consoleTellsOfReboot(String id) {
        await("the console of " + id).atMost(LabFixture.BOOT).until(() -> boots(id) == 1);
        aws.ec2(words("reboot-instances", List.of(id)));
        await("a second boot of " + id).atMost(LabFixture.BOOT).until(() -> boots(id) == 2);
        waiter("instance-running", List.of(id));
    }

    /** How often the guest said that it is ready. */
    private long boots(String id) {
        JsonNode answer = aws.ec2("get-console-output", "--latest", "--instance-id", id);
        return answer.path("Output")
                .asString("")
                .lines()
                .filter(l -> l.contains("croft-tiny: ready"))
                .count();
    }

    /** A waiter asks every fifteen seconds, so all but the first are asked once what they wait for is so. */
    private void awaited(String waiter, InstanceStateName state, List<String> ids) {
        ids.forEach(id -> fixture.awaitState(id, state));
        waiter(waiter, ids);
    }

    private void waiter(String waiter, List<String> ids) {
        List<String> line = new ArrayList<>(List.of("wait", waiter, "--instance-ids"));
        line.addAll(ids);
        aws.ec2(line.toArray(String[]::new));
    }

    private static String[] words(String action, List<String> ids, String... more) {
        return Stream.of(Stream.of(action, "--instance-ids"), ids.stream(), Stream.of(more))
                .flatMap(s -> s)
                .toArray(String[]::new);
    }
}
