package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.client.CroftClient;
import io.croft.client.CroftException;
import io.croft.rest.HeldInstanceResource;
import io.croft.rest.HostResource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code croft host}. */
@Command(name = "host", addMethodSubcommands = false, description = "The hypervisor hosts.")
final class HostCommand {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final List<Field<HostResource>> ROW = List.of(
            new Field<>("ID", HostResource::id),
            new Field<>("NAME", HostResource::name),
            new Field<>("ZONE", HostResource::zone),
            new Field<>("STATE", HostCommand::state),
            new Field<>(
                    "VCPUS FREE", h -> h.free().vcpus() + " of " + h.capacity().vcpus()),
            new Field<>(
                    "MEMORY FREE",
                    h -> h.free().memoryBytes() / MIB + " of " + h.capacity().memoryBytes() / MIB + " MiB"),
            new Field<>(
                    "DISK FREE",
                    h -> h.free().diskBytes() / GIB + " of " + h.capacity().diskBytes() / GIB + " GiB"));
    private static final List<Field<HostResource>> WHOLE = Stream.concat(
                    ROW.stream(),
                    List.<Field<HostResource>>of(
                            new Field<>("ARCHITECTURE", HostResource::architecture),
                            new Field<>("ACCELERATOR", HostResource::accelerator),
                            new Field<>(
                                    "EMULATES", h -> h.emulated().isEmpty() ? "none" : String.join(", ", h.emulated())),
                            new Field<>("UNDERLAY", HostCommand::underlay),
                            new Field<>("AGENT", HostResource::agentVersion),
                            new Field<>("ENROLLED", HostResource::enrolled),
                            new Field<>("LAST HEARD", HostResource::lastHeard),
                            new Field<>("CORDON", HostResource::cordon),
                            new Field<>("FENCE", HostResource::fence),
                            new Field<>("HELD", HostCommand::held),
                            new Field<>("PROBLEMS", h -> all(h.problems())),
                            new Field<>("WARNINGS", h -> all(h.warnings())))
                            .stream())
            .toList();

    private static String state(HostResource host) {
        return host.state()
                + (host.cordon() == null ? "" : ", cordoned")
                + (host.held() == 0 ? "" : ", " + host.held() + " held");
    }

    private static String held(HostResource host) {
        return host.held() == 0
                ? "none"
                : host.held()
                        + " ended, their addresses and claims held until its own proof or croft host confirm-dead";
    }

    private static String underlay(HostResource host) {
        var underlay = host.underlay();
        return underlay == null
                ? "none, VPCs end at this host"
                : underlay.address() + " on " + underlay.link() + ", MTU " + underlay.mtu();
    }

    private static String all(List<String> sentences) {
        return sentences.isEmpty() ? "none" : String.join("; ", sentences);
    }

    @Command(name = "enroll-token", description = "Prints a one-time token with which a host comes in.")
    void enrollToken(
            @Mixin Session session,
            @Option(
                            names = "--valid",
                            defaultValue = "1h",
                            description = "How long, such as 30m, 7d at most; ${DEFAULT-VALUE} unless given.")
                    Duration validity) {
        session.out().println(session.client().enrollToken(validity).token());
    }

    @Command(name = "list", description = "Lists the hosts, with what is free on each.")
    void list(@Mixin Session session) {
        session.list(session.client().hosts(), ROW);
    }

    @Command(name = "show", description = "Shows one host.")
    void show(
            @Mixin Session session,
            @Mixin Waiting waiting,
            @Parameters(paramLabel = "HOST", description = "Its id or name.") String host) {
        var client = session.client();
        var id = id(client, host);
        session.show(waiting.until(() -> client.host(id), HostResource::state, Set.of()), WHOLE);
    }

    @Command(name = "cordon", description = "Lets it take no new instances; what runs there goes on.")
    void cordon(
            @Mixin Session session,
            @Option(names = "--reason", required = true, description = "Why; launches that find no host are told.")
                    String reason,
            @Parameters(paramLabel = "HOST", description = "Its id or name.") String host) {
        var client = session.client();
        session.show(client.cordon(id(client, host), reason), WHOLE);
    }

    @Command(name = "uncordon", description = "Lets it take instances again.")
    void uncordon(
            @Mixin Session session, @Parameters(paramLabel = "HOST", description = "Its id or name.") String host) {
        var client = session.client();
        session.show(client.uncordon(id(client, host)), WHOLE);
    }

    @Command(
            name = "confirm-dead",
            description =
                    "Says that a host that is away is dead: powered off, or cut off from every network of its instances."
                            + " What those of them hold that were terminated or stopped is listed and becomes free; the"
                            + " others wait for it. When it comes back, it ends what was freed before anything else.")
    void confirmDead(
            @Mixin Session session,
            @Option(names = "--yes", description = "Do not ask.") boolean yes,
            @Parameters(paramLabel = "HOST", description = "Its id or name.") String host) {
        var client = session.client();
        var known = client.host(id(client, host));
        confirm(session, known, client.held(known.id()), yes);
        session.show(client.confirmDead(known.id()), WHOLE);
    }

    private static void confirm(Session session, HostResource host, List<HeldInstanceResource> held, boolean yes) {
        session.note("The host " + host.name() + " (" + host.id() + ", " + host.state()
                + ") is to count as dead, which frees"
                + (held.isEmpty()
                        ? " nothing now, and at once what is terminated or stopped there from now on."
                        : ":"));
        held.forEach(i -> session.note("  " + i.id() + "  " + i.state() + "  "
                + (i.addresses().isEmpty() ? "no address" : String.join(", ", i.addresses()))));
        session.note("If anything of it still runs, two machines may answer for one address.");
        if (!yes
                && !session.ask("The host's name again, to confirm that it is dead: ")
                        .equals(host.name())) {
            throw new CommandFailed("Nothing is confirmed: that is not " + host.name() + ".");
        }
    }

    @Command(name = "doctor", description = "Says what is wrong with it and what to do; fails when something does.")
    void doctor(@Mixin Session session, @Parameters(paramLabel = "HOST", description = "Its id or name.") String host) {
        var client = session.client();
        Findings.tell(session, client.hostHealth(id(client, host)));
    }

    static String id(CroftClient client, String host) {
        if (host.matches("host-[0-9a-f]{17}")) {
            return host;
        }
        var ids = client.hosts().stream()
                .filter(h -> h.name().equals(host))
                .map(HostResource::id)
                .toList();
        return switch (ids.size()) {
            case 0 -> throw new CroftException("NotFound", "There is no host " + host, null);
            case 1 -> ids.getFirst();
            default -> throw new CommandFailed("there are several hosts " + host + ": " + String.join(", ", ids));
        };
    }
}
