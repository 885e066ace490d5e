package io.croft.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The lab's operator: what {@code deploy/lab} can do to hosts and processes. Processes and hosts have the names that it has for them. */
public final class Lab {
    private static final Duration UPGRADE = Duration.ofMinutes(10);

    private final LabEnvironment environment;
    private final List<String> hosts;

    public Lab(LabEnvironment environment) {
        this.environment = environment;
        this.hosts = verb("hosts").require().lines().toList();
    }

    /** The hypervisor hosts, in order. */
    public List<String> hosts() {
        return hosts;
    }

    /** What can be killed: the controller, its database, and each host's agent and libvirtd. */
    public List<String> processes() {
        List<String> names = new ArrayList<>(List.of("controller", "postgres"));
        for (String host : hosts()) {
            String number = host.substring(host.lastIndexOf('-') + 1);
            names.add("agent-" + number);
            names.add("libvirtd-" + number);
        }
        return List.copyOf(names);
    }

    /** Runs a program inside a host. */
    public Outcome exec(String host, String... argv) {
        return inside(host, "", argv);
    }

    /** Runs a bash script inside a host; it ends at the first command that fails. */
    public Outcome script(String host, String text) {
        return inside(host, text, "bash", "-euo", "pipefail", "-s");
    }

    private Outcome inside(String host, String input, String... argv) {
        List<String> line = new ArrayList<>(List.of(environment.script().toString(), "exec", host, "--"));
        line.addAll(List.of(argv));
        return Command.of(line.toArray(String[]::new)).run(input);
    }

    /** Ends a process as a crash does; its supervisor starts it again. Fails when it does not run just now. */
    public Outcome kill(String process) {
        return verb("kill", process);
    }

    /** Stops a process until {@link #start}. */
    public void stop(String process) {
        verb("stop", process).require();
    }

    public void start(String process) {
        verb("start", process).require();
    }

    /** Ends everything on a host at once. */
    public void powerOff(String host) {
        verb("power-off", host).require();
    }

    public void powerOn(String host) {
        verb("power-on", host).require();
    }

    /** The host and the controller's, from which the tests look, do not reach each other until {@link #mend}. Its instances go on. */
    public void cut(String host) {
        verb("cut", host).require();
    }

    /** Does nothing to a host that is not cut off. */
    public void mend(String host) {
        verb("mend", host).require();
    }

    /** Puts this checkout's controller in place of the one that runs, and waits until it is ready. */
    public void upgradeController() {
        upgrade("controller");
    }

    /** Puts this checkout's agents in place of those that run, and waits until they are connected. */
    public void upgradeAgents() {
        upgrade("agents");
    }

    private void upgrade(String what) {
        Command.of(environment.script().toString(), "upgrade", what)
                .within(UPGRADE)
                .run()
                .require();
    }

    /** Whether every process of the lab runs, the controller is ready and every agent is connected. */
    public boolean healthy() {
        return verb("healthy").succeeded();
    }

    private Outcome verb(String... words) {
        List<String> line = new ArrayList<>(List.of(environment.script().toString()));
        line.addAll(List.of(words));
        return Command.of(line.toArray(String[]::new)).run();
    }
}
