package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** The lab as one test has it: with nothing in the account's name at the start, and proved to be so again at the end. */
final class LabFixture implements AutoCloseable {
    /** The promise of the whole system: this long after all processes are up, everything has converged. */
    static final Duration CONVERGENCE = Duration.ofMinutes(1);

    static final Duration BOOT = Duration.ofMinutes(2);

    private static final AtomicBoolean hostsUsed = new AtomicBoolean();

    final LabEnvironment environment = LabEnvironment.current();
    final Lab lab = new Lab(environment);
    final AwsCli aws = new AwsCli(environment);
    final Ec2Client ec2 = Clients.ec2(environment);
    private final LeftoverCheck check;

    LabFixture() {
        await("a healthy lab").atMost(CONVERGENCE).until(lab::healthy);
        terminateAll();
        await("no instance at the start").atMost(CONVERGENCE).until(() -> live().isEmpty());
        useEachHostOnce();
        check = new LeftoverCheck(lab, ec2);
    }

    /** A host makes a VPC's router and the frame of its filter for the first instance, and keeps them: they belong to the start, not to what is left. */
    private void useEachHostOnce() {
        if (hostsUsed.compareAndSet(false, true)) {
            launchRunning(request(HostState.all(lab).size()));
            terminateAll();
            await("the first instances are gone").atMost(CONVERGENCE).until(() -> live().isEmpty());
        }
    }

    /** Everything that an instance needs but the image and the type is left to the defaults. */
    RunInstancesRequest.Builder request(int count) {
        return RunInstancesRequest.builder()
                .imageId(environment.image())
                .instanceType(InstanceType.T3_NANO)
                .minCount(count)
                .maxCount(count)
                .keyName("lab");
    }

    List<String> launch(RunInstancesRequest.Builder request) {
        return ec2.runInstances(request.build()).instances().stream()
                .map(Instance::instanceId)
                .toList();
    }

    /** Launches and waits until they run. */
    List<Instance> launchRunning(RunInstancesRequest.Builder request) {
        List<String> ids = launch(request);
        ids.forEach(id -> awaitState(id, InstanceStateName.RUNNING));
        return ids.stream().map(this::instance).toList();
    }

    Instance instance(String id) {
        return ec2.describeInstances(r -> r.instanceIds(id))
                .reservations()
                .getFirst()
                .instances()
                .getFirst();
    }

    void awaitState(String id, InstanceStateName state) {
        await(id + " " + state)
                .atMost(CONVERGENCE)
                .until(() -> instance(id).state().name() == state);
    }

    Guest guest(Instance instance) {
        return new Guest(instance.publicIpAddress(), environment.key(), "root");
    }

    /** Waits until one can log in to it. */
    Guest awaitGuest(Instance instance) {
        Guest guest = guest(instance);
        await("SSH on " + instance.instanceId())
                .atMost(BOOT)
                .pollInterval(Duration.ofSeconds(1))
                .until(guest::answers);
        return guest;
    }

    /** What follows the key's type in the line of an authorized key. */
    String publicKey() {
        String line = Command.of("ssh-keygen", "-y", "-f", environment.key().toString())
                .run()
                .require();
        return line.split(" ", 3)[1].strip();
    }

    /** The operator's command. */
    Outcome croft(String... words) {
        var line = new ArrayList<>(List.of(
                "env",
                "CROFT_URL=" + environment.endpoint(),
                "CROFT_TOKEN=" + environment.operatorToken(),
                "sh",
                environment.directory() + "/lib/bin/croft-cli"));
        line.addAll(List.of(words));
        return Command.of(line.toArray(String[]::new)).run();
    }

    /** The host whose hypervisor runs it. */
    String hostOf(String instance) {
        return HostState.all(lab).stream()
                .filter(h -> h.domains("running").contains(instance))
                .map(HostState::host)
                .findFirst()
                .orElseThrow(() -> new AssertionError(instance + " runs on no host"));
    }

    /** Launches, and gives two of them that run on one host; there have to be more than hosts. */
    List<Instance> neighbours(RunInstancesRequest.Builder request) {
        return launchRunning(request).stream()
                .collect(Collectors.groupingBy(i -> hostOf(i.instanceId())))
                .values()
                .stream()
                .max(Comparator.comparingInt(List::size))
                .orElseThrow()
                .subList(0, 2);
    }

    /** Where the API and the hosts, as they were just now, differ. */
    List<String> differences(List<HostState> hosts) {
        return check.differences(hosts);
    }

    /** Where the API and the hosts differ becomes nothing in time. */
    void awaitAgreement() {
        await("the API and the hosts agree")
                .atMost(CONVERGENCE)
                .untilAsserted(() -> assertThat(check.differences()).isEmpty());
    }

    void terminateAll() {
        List<String> ids = live();
        ids.forEach(
                id -> ec2.modifyInstanceAttribute(r -> r.instanceId(id).disableApiTermination(v -> v.value(false))));
        if (!ids.isEmpty()) {
            ec2.terminateInstances(r -> r.instanceIds(ids));
        }
    }

    /** Terminates what is left, and proves that nothing remains of anything. */
    void awaitNothing() {
        terminateAll();
        await("nothing is left")
                .atMost(CONVERGENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(check.leftovers()).isEmpty());
    }

    @Override
    public void close() {
        try (ec2) {
            awaitNothing();
        }
    }

    /** Terminates one and waits until it is. */
    void terminate(String id) {
        ec2.terminateInstances(r -> r.instanceIds(id));
        awaitState(id, InstanceStateName.TERMINATED);
    }

    private List<String> live() {
        Filter notTerminated =
                Requests.filter("instance-state-name", "pending", "running", "stopping", "stopped", "shutting-down");
        return ec2.describeInstancesPaginator(r -> r.filters(notTerminated)).reservations().stream()
                .flatMap(r -> r.instances().stream())
                .map(Instance::instanceId)
                .toList();
    }
}
