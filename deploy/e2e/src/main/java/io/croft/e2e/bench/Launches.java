package io.croft.e2e.bench;

import io.croft.e2e.LabEnvironment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Launches by the API, as a tenant sees them: from sending RunInstances until DescribeInstances says so, asked every 20 ms. */
final class Launches implements AutoCloseable {
    private final Ec2Client ec2;
    private final RunInstancesRequest request;
    private final Poll poll = new Poll();
    private final ExecutorService senders = Executors.newCachedThreadPool();
    private final List<String> launched = new ArrayList<>();

    Launches(Ec2Client ec2, LabEnvironment environment) {
        this.ec2 = ec2;
        this.request = RunInstancesRequest.builder()
                .imageId(environment.image())
                .instanceType(InstanceType.T3_NANO)
                .minCount(1)
                .maxCount(1)
                .keyName("lab")
                .build();
    }

    /** One launch, left running. */
    String launch() throws Exception {
        List<String> ids = List.of(send());
        reach(ids, InstanceStateName.RUNNING);
        return ids.getFirst();
    }

    /** That many launches, each with a request of its own, all sent at once; milliseconds until all run. They are terminated after. */
    double launchAtOnce(int count) throws Exception {
        long start = System.nanoTime();
        List<String> ids = new ArrayList<>();
        if (count == 1) {
            ids.add(send());
        } else {
            List<Future<String>> sent = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                sent.add(senders.submit(this::send));
            }
            for (Future<String> id : sent) {
                ids.add(id.get());
            }
        }
        long end = reach(ids, InstanceStateName.RUNNING);
        launched.addAll(ids);
        terminate(ids);
        return (end - start) / 1e6;
    }

    /** Those that were launched since the last call. */
    List<String> takeLaunched() {
        List<String> ids = List.copyOf(launched);
        launched.clear();
        return ids;
    }

    void terminate(List<String> ids) throws Exception {
        ec2.terminateInstances(r -> r.instanceIds(ids));
        reach(ids, InstanceStateName.TERMINATED);
    }

    private String send() {
        return ec2.runInstances(request).instances().getFirst().instanceId();
    }

    /** Waits until all are in that state; {@link System#nanoTime} when the answer that says so had come. */
    private long reach(List<String> ids, InstanceStateName state) throws Exception {
        Set<String> open = new HashSet<>(ids);
        return poll.until(() -> {
            open.removeAll(inState(ids, state));
            return open.isEmpty();
        });
    }

    private List<String> inState(List<String> ids, InstanceStateName state) {
        List<Instance> instances = ec2.describeInstances(r -> r.instanceIds(ids)).reservations().stream()
                .flatMap(r -> r.instances().stream())
                .toList();
        for (Instance instance : instances) {
            if (state == InstanceStateName.RUNNING && instance.state().name() == InstanceStateName.TERMINATED) {
                throw new IllegalStateException(instance.instanceId() + " failed: " + instance.stateReason());
            }
        }
        return instances.stream()
                .filter(i -> i.state().name() == state)
                .map(Instance::instanceId)
                .toList();
    }

    @Override
    public void close() {
        poll.close();
        senders.shutdownNow();
    }
}
