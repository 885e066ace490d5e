package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * A lab of an older release, with machines in it, gets this checkout's programs as an operator would install them: the controller first, then
 * the agents. Run by {@code deploy/e2e/upgrade}.
 */
@Tag("real")
@Tag("upgrade")
class UpgradeE2E {
    private static final int SSH = 22;
    private static final int CONNECT_MILLIS = 200;
    private static final int WAIT_MILLIS = 50;

    private final LabFixture fixture = new LabFixture();
    private final Lab lab = fixture.lab;

    /** What a tenant and an operator see of a machine, and what runs it. */
    private record Machine(
            String state, String privateAddress, String publicAddress, String mac, String process, List<String> why) {}

    @Test
    void machinesRunOnThroughAnUpgrade() throws Exception {
        String open = fixture.ec2
                .createSecurityGroup(r -> r.groupName("upgrade-open").description("open"))
                .groupId();
        String closed = fixture.ec2
                .createSecurityGroup(r -> r.groupName("upgrade-closed").description("closed"))
                .groupId();
        fixture.ec2.authorizeSecurityGroupIngress(
                r -> r.groupId(open).ipProtocol("tcp").fromPort(SSH).toPort(SSH).cidrIp("0.0.0.0/0"));
        List<Instance> reachable = fixture.launchRunning(fixture.request(2).securityGroupIds(open));
        Instance shut = fixture.launchRunning(fixture.request(1).securityGroupIds(closed))
                .getFirst();
        Instance stopped =
                fixture.launchRunning(fixture.request(1).securityGroupIds(open)).getFirst();
        reachable.forEach(fixture::awaitGuest);
        fixture.ec2.stopInstances(r -> r.instanceIds(stopped.instanceId()));
        fixture.awaitState(stopped.instanceId(), InstanceStateName.STOPPED);
        fixture.guest(reachable.getFirst()).sh("echo kept > /root/kept && sync").require();
        Instance asleep = fixture.launchRunning(
                        fixture.request(1).securityGroupIds(open).hibernationOptions(h -> h.configured(true)))
                .getFirst();
        String boot = bootId(asleep);
        fixture.ec2.stopInstances(r -> r.instanceIds(asleep.instanceId()).hibernate(true));
        fixture.awaitState(asleep.instanceId(), InstanceStateName.STOPPED);
        Map<String, Machine> before = machines();
        assertThat(before).hasSize(5);
        Map<String, Machine> between;
        try (Door door = new Door(shut.publicIpAddress())) {
            lab.upgradeController();
            await("a healthy lab after the controller's upgrade")
                    .atMost(LabFixture.CONVERGENCE)
                    .until(lab::healthy);
            // Hosts are upgraded one by one, over days: today's controller works with yesterday's agents.
            Instance byOldAgent = fixture.launchRunning(fixture.request(1).securityGroupIds(open))
                    .getFirst();
            between = machines();
            assertThat(between).containsAllEntriesOf(before);

            lab.upgradeAgents();
            await("a healthy lab after the agents' upgrade")
                    .atMost(LabFixture.CONVERGENCE)
                    .until(lab::healthy);
            fixture.awaitAgreement();
            assertThat(machines()).isEqualTo(between);
            assertThat(failures()).isEmpty();
            fixture.awaitGuest(byOldAgent);
            assertThat(door.wasOpen()).isFalse();
        }

        fixture.ec2.startInstances(r -> r.instanceIds(asleep.instanceId()));
        fixture.awaitState(asleep.instanceId(), InstanceStateName.RUNNING);
        assertThat(bootId(fixture.instance(asleep.instanceId())))
                .as("the memory that was saved before")
                .isEqualTo(boot);
        theyAreManagedAsBefore(reachable, shut, stopped, open, closed);
    }

    private String bootId(Instance instance) {
        return fixture.awaitGuest(instance)
                .sh("cat /proc/sys/kernel/random/boot_id")
                .require()
                .strip();
    }

    private void theyAreManagedAsBefore(
            List<Instance> reachable, Instance shut, Instance stopped, String open, String closed) {
        Instance first = reachable.getFirst();
        assertThat(fixture.awaitGuest(first).sh("cat /root/kept").require().strip())
                .isEqualTo("kept");
        fixture.ec2.authorizeSecurityGroupIngress(r ->
                r.groupId(closed).ipProtocol("tcp").fromPort(SSH).toPort(SSH).cidrIp("0.0.0.0/0"));
        fixture.awaitGuest(shut);
        fixture.ec2.startInstances(r -> r.instanceIds(stopped.instanceId()));
        fixture.awaitState(stopped.instanceId(), InstanceStateName.RUNNING);
        fixture.awaitGuest(fixture.instance(stopped.instanceId()));
        fixture.ec2.stopInstances(r -> r.instanceIds(first.instanceId()));
        fixture.awaitState(first.instanceId(), InstanceStateName.STOPPED);
        fixture.ec2.startInstances(r -> r.instanceIds(first.instanceId()));
        fixture.awaitState(first.instanceId(), InstanceStateName.RUNNING);
        assertThat(fixture.awaitGuest(fixture.instance(first.instanceId()))
                        .sh("cat /root/kept")
                        .require()
                        .strip())
                .isEqualTo("kept");

        fixture.terminateAll();
        await("nothing of an instance is left on any host")
                .atMost(LabFixture.CONVERGENCE)
                .untilAsserted(() -> assertThat(HostState.all(lab))
                        .allSatisfy(h -> assertThat(h.resources()).isEmpty()));
        fixture.ec2.deleteSecurityGroup(r -> r.groupId(open));
        fixture.ec2.deleteSecurityGroup(r -> r.groupId(closed));
    }

    private Map<String, Machine> machines() {
        Map<String, String> processes = processes();
        return fixture.ec2.describeInstancesPaginator().reservations().stream()
                .flatMap(r -> r.instances().stream())
                .filter(i -> i.state().name() != InstanceStateName.TERMINATED)
                .collect(Collectors.toMap(
                        Instance::instanceId,
                        i -> new Machine(
                                i.state().nameAsString(),
                                i.privateIpAddress(),
                                String.valueOf(i.publicIpAddress()),
                                i.networkInterfaces().getFirst().macAddress(),
                                processes.getOrDefault(i.instanceId(), "none"),
                                why(i.instanceId())),
                        (a, b) -> a,
                        TreeMap::new));
    }

    /** The QEMU process of each machine: a pid with its start, which no other process has. */
    private Map<String, String> processes() {
        Map<String, String> found = new TreeMap<>();
        for (String host : lab.hosts()) {
            lab.script(
                            host,
                            "ps -eo pid=,lstart=,args= | sed -n 's/^ *\\([0-9]* .* 20[0-9][0-9]\\) .*guest=\\([^,]*\\),.*/\\2 \\1/p'")
                    .require()
                    .lines()
                    .forEach(l -> found.put(l.split(" ", 2)[0], host + " " + l.split(" ", 2)[1]));
        }
        return found;
    }

    private static List<String> why(String instance) {
        return AwsCli.json(croft("instance", "why", instance, "--output", "json"))
                .valueStream()
                .map(Object::toString)
                .toList();
    }

    /** What the doctor finds broken, on any host and in the controller. */
    private List<String> failures() {
        return Stream.concat(
                        lab.hosts().stream().map(host -> croft("host", "doctor", host, "--output", "json")),
                        Stream.of(croft("doctor", "--output", "json")))
                .flatMap(json -> AwsCli.json(json).valueStream())
                .filter(f -> f.path("level").asString().equals("fail"))
                .map(Object::toString)
                .toList();
    }

    private static String croft(String... words) {
        String[] line = new String[words.length + 1];
        line[0] = "croft";
        System.arraycopy(words, 0, line, 1, words.length);
        return Command.of(line).run().output();
    }

    /** Knocks at a port that no rule opens, all the time. */
    private static final class Door implements AutoCloseable {
        private final AtomicBoolean opened = new AtomicBoolean();
        private final AtomicBoolean over = new AtomicBoolean();
        private final ExecutorService knocker = Executors.newSingleThreadExecutor();
        private final Future<?> knocking;

        Door(String address) {
            knocking = knocker.submit(() -> knock(new InetSocketAddress(address, SSH)));
        }

        private Void knock(InetSocketAddress address) throws InterruptedException {
            while (!over.get()) {
                try (Socket socket = new Socket()) {
                    socket.connect(address, CONNECT_MILLIS);
                    opened.set(true);
                } catch (IOException closed) {
                    knocker.awaitTermination(WAIT_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
            return null;
        }

        /** Ends the knocking. */
        boolean wasOpen() throws Exception {
            over.set(true);
            knocking.get();
            return opened.get();
        }

        @Override
        public void close() {
            over.set(true);
            knocker.shutdown();
        }
    }
}
