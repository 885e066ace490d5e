package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.ec2.waiters.Ec2Waiter;

/** The same life by the AWS SDK for Java: typed requests, waiters, paginators, client tokens. */
@Tag("real")
class AwsSdkE2E {
    private final LabFixture fixture = new LabFixture();
    private final Ec2Client ec2 = fixture.ec2;

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    @Test
    void waitersSeeEveryState() {
        List<String> ids = fixture.launch(fixture.request(2));
        var everySecond = WaiterOverrideConfiguration.builder()
                .maxAttempts(600)
                .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofSeconds(1)))
                .build();
        try (Ec2Waiter waiter = Ec2Waiter.builder()
                .client(ec2)
                .overrideConfiguration(everySecond)
                .build()) {
            assertThat(waiter.waitUntilInstanceRunning(r -> r.instanceIds(ids))
                            .matched()
                            .response())
                    .isPresent();
            assertThat(waiter.waitUntilInstanceStatusOk(r -> r.instanceIds(ids))
                            .matched()
                            .response())
                    .isPresent();
            ec2.stopInstances(r -> r.instanceIds(ids));
            waiter.waitUntilInstanceStopped(r -> r.instanceIds(ids));
            ec2.startInstances(r -> r.instanceIds(ids));
            waiter.waitUntilInstanceRunning(r -> r.instanceIds(ids));
            ec2.terminateInstances(r -> r.instanceIds(ids));
            waiter.waitUntilInstanceTerminated(r -> r.instanceIds(ids));
        }
        assertThat(ids)
                .allSatisfy(
                        id -> assertThat(fixture.instance(id).state().name()).isEqualTo(InstanceStateName.TERMINATED));
    }

    @Test
    void paginatorsWalkEveryPage() {
        List<String> ids = fixture.launch(fixture.request(3));
        List<String> more = fixture.launch(fixture.request(3));
        List<String> paged = ec2.describeInstancesPaginator(r -> r.maxResults(5)).reservations().stream()
                .flatMap(r -> r.instances().stream())
                .filter(i -> i.state().name() != InstanceStateName.TERMINATED)
                .map(Instance::instanceId)
                .toList();
        assertThat(paged).doesNotHaveDuplicates().containsAll(ids).containsAll(more);
        long pages = ec2.describeInstanceTypesPaginator(r -> r.maxResults(5)).stream()
                .count();
        assertThat(pages).isGreaterThan(1);
    }

    @Test
    void aRepeatedClientTokenLaunchesOnce() {
        RunInstancesRequest.Builder request = fixture.request(1).clientToken("once-" + System.nanoTime());
        List<String> first = fixture.launch(request);
        assertThat(fixture.launch(request)).isEqualTo(first);
        assertThatThrownBy(() -> fixture.launch(request.minCount(2).maxCount(2)))
                .isInstanceOfSatisfying(
                        Ec2Exception.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("IdempotentParameterMismatch"));
    }

    @Test
    void tagsFollowTheirResource() {
        String id = fixture.launch(fixture.request(1).tagSpecifications(Requests.instanceTag("Name", "sdk")))
                .getFirst();
        ec2.createTags(r -> r.resources(id).tags(Requests.tag("stage", "test")));
        assertThat(tagsOf(id)).containsEntry("Name", "sdk").containsEntry("stage", "test");
        ec2.deleteTags(r -> r.resources(id).tags(Requests.tag("stage", "test")));
        assertThat(tagsOf(id)).containsOnlyKeys("Name");
    }

    private Map<String, String> tagsOf(String id) {
        return ec2.describeTagsPaginator(r -> r.filters(Requests.filter("resource-id", id))).tags().stream()
                .collect(Collectors.toMap(TagDescription::key, TagDescription::value));
    }
}
