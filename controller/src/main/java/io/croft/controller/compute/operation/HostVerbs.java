package io.croft.controller.compute.operation;

import io.croft.controller.compute.instance.InstanceListing;
import io.croft.controller.compute.instance.NamedInstances;
import io.croft.controller.compute.instance.VmRow;
import io.croft.controller.compute.instance.VmTable;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Instants;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.hostlink.HostDocuments;
import io.croft.controller.hostlink.HostObservations;
import io.croft.controller.hostlink.HostOperations;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.InstanceVerb;
import io.croft.protocol.OperationResult;
import io.croft.protocol.OperationSpec;
import io.croft.protocol.Presence;
import io.croft.types.ErrorCode;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.OperationId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is asked of a host once instead of being kept so: a reboot, and reading the console and the screen. */
@Component
public class HostVerbs {
    private static final Logger log = LoggerFactory.getLogger(HostVerbs.class);
    /** An agent that has not begun a reboot by then lets it be. */
    private static final Duration REBOOT = Duration.ofMinutes(2);

    /** A client waits for what these read. */
    private static final Duration READING = Duration.ofSeconds(10);

    private final NamedInstances named;
    private final InstanceListing listing;
    private final VmTable vms;
    private final HostDocuments documents;
    private final HostOperations operations;
    private final HostObservations observations;
    private final History history;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final RandomGenerator random;

    HostVerbs(
            NamedInstances named,
            InstanceListing listing,
            VmTable vms,
            HostDocuments documents,
            HostOperations operations,
            HostObservations observations,
            History history,
            JdbcClient jdbc,
            Clock clock,
            RandomGenerator random) {
        this.named = named;
        this.listing = listing;
        this.vms = vms;
        this.documents = documents;
        this.operations = operations;
        this.observations = observations;
        this.history = history;
        this.jdbc = jdbc;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Asks the hosts to reboot instances.
     *
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState
     */
    @Transactional
    public void reboot(Caller caller, List<InstanceId> ids) {
        var rows = named.lock(caller, ids, Set.of(InstanceState.RUNNING), "rebooted");
        vms.load(rows.keySet())
                .forEach(vm -> documents.put(vm.host(), operation(vm.instance(), InstanceVerb.REBOOT, REBOOT)));
        history.record(rows.values().stream()
                .map(r -> new Happening(r.account(), r.id().value(), "reboot requested", ""))
                .toList());
    }

    private OperationSpec operation(InstanceId id, InstanceVerb verb, Duration time) {
        return new OperationSpec(
                OperationId.random(random),
                new DocumentKey(DocumentKind.INSTANCE, id.value()),
                Generation.FIRST,
                Presence.PRESENT,
                verb,
                clock.instant().plus(time).toString());
    }

    /**
     * Reads an instance's serial console from its host; what was read last when the host does not answer within 10 s, and in a transaction, which must not wait.
     */
    public ConsoleOutput console(Caller caller, InstanceId id) {
        listing.requireAll(caller.account(), List.of(id.value()));
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            vms.find(id)
                    .map(VmRow::host)
                    .filter(observations::connected)
                    .flatMap(host -> read(host, id, InstanceVerb.CONSOLE_OUTPUT))
                    .ifPresent(output -> keep(id, output));
        }
        return kept(id).orElseGet(() -> new ConsoleOutput(id, clock.instant(), null));
    }

    /**
     * Takes an instance's screen from its host.
     *
     * @param wake presses a key first, for a screen that has gone blank
     * @return base64 of a PNG; empty in a transaction, which must not wait for the host
     * @throws io.croft.controller.context.CloudException IncorrectInstanceState when it does not run, Unavailable when the host does not answer within 10 s
     */
    public Optional<String> screenshot(Caller caller, InstanceId id, boolean wake) {
        named.lock(caller, List.of(id), Set.of(InstanceState.RUNNING), "shown");
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return Optional.empty();
        }
        var screen = vms.find(id)
                .map(VmRow::host)
                .filter(observations::connected)
                .flatMap(host -> read(host, id, wake ? InstanceVerb.WAKE_SCREENSHOT : InstanceVerb.SCREENSHOT));
        if (screen.isEmpty()) {
            throw new CloudException(
                    ErrorCode.UNAVAILABLE,
                    "The screen of the instance '" + id + "' cannot be read right now. Try again later.");
        }
        return screen;
    }

    private Optional<String> read(HostId host, InstanceId id, InstanceVerb verb) {
        var asked = operations.request(host, operation(id, verb, READING));
        try {
            return Optional.ofNullable(asked.get(READING.toMillis(), TimeUnit.MILLISECONDS))
                    .map(OperationResult::output);
        } catch (TimeoutException | ExecutionException e) {
            log.atInfo()
                    .addKeyValue("instance", id)
                    .addKeyValue("host", host)
                    .setCause(e)
                    .addKeyValue("verb", verb)
                    .log("not read from the host");
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void keep(InstanceId id, String output) {
        jdbc.sql("""
                        INSERT INTO instance_console (instance, read, output) SELECT id, :now, :output FROM instance WHERE id = :id
                        ON CONFLICT (instance) DO UPDATE SET read = excluded.read, output = excluded.output
                        """)
                .param("id", id.value())
                .param("now", Instants.column(clock.instant()))
                .param("output", output)
                .update();
    }

    private Optional<ConsoleOutput> kept(InstanceId id) {
        return jdbc.sql("SELECT read, output FROM instance_console WHERE instance = :id")
                .param("id", id.value())
                .query((row, _) -> new ConsoleOutput(id, Instants.of(row, "read"), row.getString("output")))
                .optional();
    }
}
