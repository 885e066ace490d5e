package io.croft.agent.reconcile.kinds;

import io.croft.agent.ledger.LedgerNotes;
import io.croft.agent.reconcile.Crew;
import io.croft.agent.reconcile.HostAction;
import io.croft.agent.reconcile.HostDrivers;
import io.croft.agent.reconcile.HostStates;
import io.croft.agent.reconcile.Kind;
import io.croft.agent.reconcile.Lane;
import io.croft.agent.reconcile.Moment;
import io.croft.agent.reconcile.ObservedHost;
import io.croft.agent.reconcile.Outcome;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.InstanceVerb;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.OperationResult;
import io.croft.protocol.OperationSpec;
import io.croft.protocol.Presence;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A verb that is carried out once: its result is in the ledger, and answers for it from then on. It runs in the lane of its target. */
public final class Operations extends Kind<OperationSpec, Operations.Operate> {
    private final Instances instances;

    Operations(ObservedHost host, Instances instances) {
        super(DocumentKind.OPERATION, OperationSpec.class, Operate.class, host);
        this.instances = instances;
    }

    /** Carries out a verb and gives its result. */
    public record Operate(OperationSpec operation) implements HostAction {
        @Override
        public Lane lane() {
            return Lane.of(operation.target());
        }

        @Override
        public Crew crew() {
            return Crews.MACHINES;
        }

        @Override
        public Outcome call(HostDrivers drivers, InstantSource clock) {
            return new Operated(new Verbs(drivers.hypervisor(), clock).carryOut(operation));
        }

        @Override
        public Optional<Failure> failure(Throwable thrown) {
            return DriverFailures.of(thrown, Failure.Code.HYPERVISOR);
        }

        /** A verb must not be done twice. */
        @Override
        public boolean needsLedger() {
            return true;
        }
    }

    public record Operated(OperationResult result) implements Outcome {}

    @Override
    protected Stream<Operate> up(OperationSpec operation, Moment moment) {
        return !moment.desired().results().containsKey(operation.id()) && due(operation, moment)
                ? Stream.of(new Operate(operation))
                : Stream.empty();
    }

    /** There is nothing to take down. */
    @Override
    protected Stream<Operate> down(OperationSpec operation, Moment moment) {
        return Stream.empty();
    }

    /** A reboot waits for a machine that is on its way up; past its deadline every verb is due, to be refused. */
    private boolean due(OperationSpec operation, Moment moment) {
        return switch (operation.verb()) {
            case InstanceVerb verb ->
                verb != InstanceVerb.REBOOT
                        || !moment.now().isBefore(Instant.parse(operation.deadline()))
                        || !instances.comingUp(new InstanceId(operation.target().id()), moment);
        };
    }

    /** A verb changes nothing that is wanted of its target. */
    @Override
    protected void begin(Operate action, Instant now) {}

    @Override
    protected void failed(Operate action) {
        host.hint(action.operation().target());
    }

    @Override
    protected void succeeded(Operate action, Outcome outcome, @Nullable Generation wanted) {}

    @Override
    protected Optional<Consumer<LedgerNotes>> note(Operate action, Outcome outcome) {
        return Optional.of(ledger -> ledger.record(((Operated) outcome).result()));
    }

    /** Of one that is to be carried out, the result is told. */
    @Override
    protected boolean told(OperationSpec operation) {
        return operation.presence() == Presence.ABSENT;
    }

    @Override
    protected ObservedDocument state(OperationSpec operation, HostStates states) {
        return states.at(operation, ObservedDocument.State.GONE);
    }
}
