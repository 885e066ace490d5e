package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.HistoryEvent;
import io.croft.rest.InstanceResource;
import io.croft.rest.PlacementRefusal;
import io.croft.rest.TimedStep;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code croft instance}. */
@Command(name = "instance", addMethodSubcommands = false, description = "Everybody's instances, for looking.")
final class InstanceCommand {
    private static final String TERMINATED = "terminated";
    private static final List<String> STATES =
            List.of("pending", "running", "stopping", "stopped", "shutting-down", TERMINATED);
    private static final List<Field<InstanceResource>> ROW = List.of(
            new Field<>("ID", InstanceResource::instanceId),
            new Field<>("ACCOUNT", InstanceResource::account),
            new Field<>("STATE", InstanceResource::state),
            new Field<>("TYPE", InstanceResource::instanceType),
            new Field<>("HOST", InstanceResource::host),
            new Field<>("PRIVATE", InstanceResource::privateAddress),
            new Field<>("PUBLIC", InstanceResource::publicAddress));
    private static final List<Field<InstanceResource>> WHOLE = List.of(
            new Field<>("ID", InstanceResource::instanceId),
            new Field<>("ACCOUNT", InstanceResource::account),
            new Field<>("STATE", InstanceResource::state),
            new Field<>("REASON", InstanceResource::stateReason),
            new Field<>("TYPE", InstanceResource::instanceType),
            new Field<>("IMAGE", InstanceResource::imageId),
            new Field<>("ZONE", InstanceResource::zone),
            new Field<>("HOST", InstanceResource::host),
            new Field<>("PRIVATE ADDRESS", InstanceResource::privateAddress),
            new Field<>("PUBLIC ADDRESS", InstanceResource::publicAddress),
            new Field<>("KEY PAIR", InstanceResource::keyName),
            new Field<>("LAUNCHED", InstanceResource::launched));
    static final List<Field<HistoryEvent>> EVENT = List.of(
            new Field<>("AT", HistoryEvent::at),
            new Field<>("AFTER", e -> Duration.parse(e.lasted()).toMillis() + " ms"),
            new Field<>("EVENT", HistoryEvent::event),
            new Field<>("DETAIL", HistoryEvent::detail));

    private static final List<Field<Timed>> STEP = List.of(
            new Field<>("RAN", Timed::reached),
            new Field<>("FROM", t -> millis(t.step().offset())),
            new Field<>("TOOK", t -> millis(t.step().took())),
            new Field<>(
                    "STEP",
                    t -> (t.step().within() == null ? "" : "  ") + t.step().step()),
            new Field<>("WHERE", t -> t.step().where()));

    /** A step of one of the times that an instance came to run. */
    record Timed(String reached, TimedStep step) {}

    private static final List<Field<PlacementRefusal>> REFUSAL = List.of(
            new Field<>("AT", PlacementRefusal::at),
            new Field<>("ACCOUNT", PlacementRefusal::account),
            new Field<>("SUBJECT", PlacementRefusal::subject),
            new Field<>("REASONS", PlacementRefusal::detail));

    @Spec
    private @Nullable CommandSpec spec;

    @Command(
            name = "list",
            description = {
                "Lists the instances of all accounts, but terminated ones only when asked for.",
                "Of several options an instance has to fit all; each takes several values, separated by commas."
            })
    void list(
            @Mixin Session session,
            @Option(names = "--all", description = "Terminated ones, too.") boolean all,
            @Option(names = "--account", split = ",", description = "Of these accounts.") @Nullable
                    List<String> accounts,
            @Option(
                            names = "--state",
                            split = ",",
                            description =
                                    "In these states: pending, running, stopping, stopped, shutting-down, terminated.")
                    @Nullable
                    List<String> states,
            @Option(names = "--host", split = ",", description = "On the hosts of these names.") @Nullable
                    List<String> hosts,
            @Option(names = "--type", split = ",", description = "Of these types.") @Nullable List<String> types,
            @Option(names = "--image", split = ",", description = "Made of these images.") @Nullable
                    List<String> images) {
        requireStates(states);
        session.list(
                session.client().instances().stream()
                        .filter(i -> all || states != null || !i.state().equals(TERMINATED))
                        .filter(i -> fits(accounts, i.account())
                                && fits(states, i.state())
                                && fits(hosts, i.host())
                                && fits(types, i.instanceType())
                                && fits(images, i.imageId()))
                        .toList(),
                ROW);
    }

    private static boolean fits(@Nullable List<String> wanted, @Nullable String value) {
        return wanted == null || (value != null && wanted.contains(value));
    }

    private void requireStates(@Nullable List<String> states) {
        for (var state : Objects.requireNonNullElse(states, List.<String>of())) {
            if (!STATES.contains(state)) {
                throw new ParameterException(
                        Objects.requireNonNull(spec).commandLine(),
                        "--state is one of " + String.join(", ", STATES) + ", not '" + state + "'");
            }
        }
    }

    @Command(name = "show", description = "Shows one instance.")
    void show(
            @Mixin Session session,
            @Mixin Waiting waiting,
            @Parameters(paramLabel = "INSTANCE", description = "Its id.") String id) {
        var client = session.client();
        session.show(waiting.until(() -> client.instance(id), InstanceResource::state, Set.of(TERMINATED)), WHOLE);
    }

    @Command(name = "console", description = "Prints the end of its serial console.")
    void console(@Mixin Session session, @Parameters(paramLabel = "INSTANCE", description = "Its id.") String id) {
        var output = session.client().console(id).output();
        session.out().print(new String(Base64.getDecoder().decode(output), StandardCharsets.UTF_8));
        session.out().flush();
    }

    @Command(
            name = "why",
            description =
                    "Prints what happened to it, with durations and reasons; without INSTANCE, the launches that found"
                            + " no host, with each host's reason. With --steps, where the time went each time that it"
                            + " came to run; what is indented is a part of the step before it, and may run beside"
                            + " others.")
    void why(
            @Mixin Session session,
            @Parameters(
                            paramLabel = "INSTANCE",
                            arity = "0..1",
                            description = "Its id, or that of a request that found no host.")
                    @Nullable
                    String subject,
            @Option(names = "--steps", description = "Where the time of its launch and its starts went.")
                    boolean steps) {
        if (steps) {
            session.list(timed(session, subject), STEP);
        } else if (subject == null) {
            session.list(session.client().placementRefusals(), REFUSAL);
        } else {
            session.list(session.client().history(subject), EVENT);
        }
    }

    private List<Timed> timed(Session session, @Nullable String instance) {
        if (instance == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--steps is of one INSTANCE, which is to be named");
        }
        return session.client().courses(instance).stream()
                .flatMap(c -> c.steps().stream().map(step -> new Timed(c.reached(), step)))
                .toList();
    }

    private static String millis(String duration) {
        return String.format(Locale.ROOT, "%.1f ms", Duration.parse(duration).toNanos() / 1e6);
    }
}
