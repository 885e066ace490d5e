package io.croft.agent.reconcile;

import io.croft.agent.exec.ExecException;
import io.croft.agent.firewall.FirewallException;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.network.NetworkException;
import io.croft.agent.storage.StorageException;
import io.croft.agent.storage.VolumeStore;
import io.croft.protocol.Failure;
import io.croft.protocol.OperationResult;
import io.croft.protocol.OperationSpec;
import io.croft.protocol.VolumeSpec;
import io.croft.types.InstanceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries actions out through the drivers. Blocks as long as they do. */
final class DriverCalls {
    private static final Logger LOG = LoggerFactory.getLogger(DriverCalls.class);
    private static final int CONSOLE_BYTES = 64 << 10;
    /** Results go through the ledger and a report. */
    private static final int SCREENSHOT_BYTES = 8 << 20;

    private final HostDrivers drivers;
    private final InstantSource clock;

    DriverCalls(HostDrivers drivers, InstantSource clock) {
        this.drivers = drivers;
        this.clock = clock;
    }

    /** Never throws: what a driver throws becomes a {@link Outcome.Failed}; a library that cannot be loaded, too, or its lane would stay taken for ever. */
    Outcome run(HostAction action) {
        try {
            return call(action);
        } catch (StorageException e) {
            return new Outcome.Failed(e.failure());
        } catch (HypervisorException e) {
            return failed(Failure.Code.HYPERVISOR, e);
        } catch (NetworkException e) {
            return failed(Failure.Code.NETWORK, e);
        } catch (FirewallException e) {
            return failed(Failure.Code.FIREWALL, e);
        } catch (ExecException e) {
            return failed(code(action), e);
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("lane", action.lane()).setCause(e).log("A driver broke its contract");
            return failed(Failure.Code.INTERNAL, e);
        }
    }

    private Outcome call(HostAction action) {
        switch (action) {
            case HostAction.EnsureVpc a -> drivers.network().ensureVpc(a.spec());
            case HostAction.RemoveVpc a -> drivers.network().removeVpc(a.vpc());
            case HostAction.ServeMetadata a -> drivers.metadata().serve(a.vpc());
            case HostAction.WithdrawMetadata a -> drivers.metadata().withdraw(a.vpc());
            case HostAction.ApplyFirewall a -> {
                return new Outcome.Filtered(drivers.firewall().apply(a.spec()));
            }
            case HostAction.Plug a -> drivers.network().plug(a.vpc(), a.spec());
            case HostAction.Unplug a -> drivers.network().unplug(a.port());
            case HostAction.EnsureVolume a -> {
                return ensure(a.spec());
            }
            case HostAction.RemoveVolume a -> store(a.backend()).remove(a.volume());
            case HostAction.StartMachine a -> drivers.hypervisor().start(a.spec());
            case HostAction.RequestShutdown a -> drivers.hypervisor().requestShutdown(a.instance());
            case HostAction.PowerOff a -> drivers.hypervisor().powerOff(a.instance());
            case HostAction.RemoveMachine a -> drivers.hypervisor().remove(a.instance());
            case HostAction.Resume a -> {
                drivers.hypervisor().resume(a.instance());
                return inspect(a.instance());
            }
            case HostAction.AbandonStart a -> drivers.hypervisor().abandonStart(a.instance());
            case HostAction.Hibernate a -> {
                drivers.hypervisor().hibernate(a.instance());
                return inspect(a.instance());
            }
            case HostAction.LetPanicGoOn a -> {
                drivers.hypervisor().letPanicGoOn(a.instance());
                return inspect(a.instance());
            }
            case HostAction.SetClock a -> {
                return new Outcome.ClockSet(drivers.hypervisor().setClock(a.instance()));
            }
            case HostAction.Inspect a -> {
                return inspect(a.instance());
            }
            case HostAction.Operate a -> {
                return new Outcome.Operated(operate(a.operation()));
            }
        }
        return new Outcome.Done();
    }

    private Outcome inspect(InstanceId id) {
        return new Outcome.Inspected(drivers.hypervisor().inspect(id).orElse(null));
    }

    /** A volume that is there only grows, so its image is not fetched again. */
    private Outcome ensure(VolumeSpec volume) {
        var store = store(volume.backend());
        var fresh = store.find(volume.id()).isEmpty();
        var image = volume.image() != null && fresh ? drivers.images().require(volume.image()) : null;
        return new Outcome.Stored(store.ensure(volume, image));
    }

    private VolumeStore store(String backend) {
        return drivers.store(backend)
                .orElseThrow(() -> new StorageException(
                        new Failure(
                                Failure.Code.STORAGE, "This host has no storage backend \"" + backend + "\".", false),
                        null));
    }

    /** Cut between the deed and its record, the deed is done again: every verb bears that. */
    private OperationResult operate(OperationSpec operation) {
        if (!clock.instant().isBefore(Instant.parse(operation.deadline()))) {
            return result(operation, null, new Failure(Failure.Code.DEADLINE, "It was not begun in time.", false));
        }
        return switch (operation.verb()) {
            case CONSOLE_OUTPUT -> {
                var tail = drivers.hypervisor().consoleTail(operation.instance(), CONSOLE_BYTES);
                yield result(operation, Base64.getEncoder().encodeToString(tail), null);
            }
            case REBOOT ->
                whileRunning(operation, () -> {
                    drivers.hypervisor().reset(operation.instance());
                    return null;
                });
            case SCREENSHOT -> screenshot(operation, false);
            case WAKE_SCREENSHOT -> screenshot(operation, true);
        };
    }

    private OperationResult screenshot(OperationSpec operation, boolean wake) {
        return whileRunning(operation, () -> {
            var png = drivers.hypervisor().screenshot(operation.instance(), wake);
            if (png.length > SCREENSHOT_BYTES) {
                throw new HypervisorException("the screen's picture has " + png.length + " bytes", null);
            }
            return Base64.getEncoder().encodeToString(png);
        });
    }

    private OperationResult whileRunning(OperationSpec operation, Supplier<@Nullable String> deed) {
        var running = drivers.hypervisor()
                .inspect(operation.instance())
                .filter(m -> m.alive())
                .isPresent();
        return running
                ? result(operation, deed.get(), null)
                : result(operation, null, new Failure(Failure.Code.HYPERVISOR, "The machine is not running.", false));
    }

    private OperationResult result(OperationSpec operation, @Nullable String output, @Nullable Failure failure) {
        return new OperationResult(
                operation.id(), output, failure, clock.instant().toString());
    }

    private static Failure.Code code(HostAction action) {
        return switch (action) {
            case HostAction.ApplyFirewall _ -> Failure.Code.FIREWALL;
            case HostAction.OnVolume _ -> Failure.Code.STORAGE;
            case HostAction.OnMachine _ -> Failure.Code.HYPERVISOR;
            case HostAction.OnVpc _, HostAction.OnPort _ -> Failure.Code.NETWORK;
        };
    }

    private static Outcome failed(Failure.Code code, Throwable e) {
        var message = e.getMessage();
        return new Outcome.Failed(new Failure(code, message == null ? e.toString() : message, true));
    }
}
