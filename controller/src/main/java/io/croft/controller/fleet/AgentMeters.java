package io.croft.controller.fleet;

import io.croft.protocol.AgentWork;
import io.croft.protocol.AgentWork.Ended;
import io.croft.protocol.HostFacts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What agents tell of their work, by host: {@code croft.agent.actions} (by {@code action} and {@code outcome}, with their time) and
 * {@code .drift}, and, as of now, {@code .running}, {@code .call.longest}, {@code .ledger.bytes}, {@code .images} and {@code .images.bytes}. An agent's counts begin
 * anew at its start. As many series as a host has kinds of actions, none for an instance.
 */
@Component
class AgentMeters {
    private final MeterRegistry meters;
    private final Map<String, Host> hosts = new ConcurrentHashMap<>();

    AgentMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    private static final class Host {
        private final Tags tags;
        private final Set<Tags> kinds = ConcurrentHashMap.newKeySet();
        private volatile @Nullable HostFacts last;

        Host(String name) {
            this.tags = Tags.of("host", name);
        }

        private double ended(String action, String outcome, ToDoubleFunction<Ended> what) {
            var work = work();
            return work == null
                    ? 0
                    : work.actions().stream()
                            .filter(e ->
                                    e.action().equals(action) && e.outcome().equals(outcome))
                            .mapToDouble(what)
                            .sum();
        }

        private double now(ToDoubleFunction<AgentWork> what) {
            var work = work();
            return work == null ? Double.NaN : what.applyAsDouble(work);
        }

        private @Nullable AgentWork work() {
            var facts = last;
            var health = facts == null ? null : facts.health();
            return health == null ? null : health.work();
        }

        private double drift() {
            var facts = last;
            var health = facts == null ? null : facts.health();
            return health == null ? 0 : health.firewallDrift();
        }
    }

    /** Takes what a host told of its agent. */
    void note(HostFacts facts) {
        var host = hosts.computeIfAbsent(facts.name(), this::register);
        host.last = facts;
        var work = host.work();
        if (work != null) {
            work.actions().forEach(e -> register(host, e));
        }
    }

    private Host register(String name) {
        var host = new Host(name);
        FunctionCounter.builder("croft.agent.drift", host, Host::drift)
                .tags(host.tags)
                .register(meters);
        gauge(host, "croft.agent.running", AgentWork::running);
        Gauge.builder("croft.agent.call.longest", host, h -> h.now(w -> w.longestCallMillis() / 1e3))
                .tags(host.tags)
                .baseUnit("seconds")
                .register(meters);
        gauge(host, "croft.agent.ledger.bytes", AgentWork::ledgerBytes);
        gauge(host, "croft.agent.images", AgentWork::images);
        gauge(host, "croft.agent.images.bytes", AgentWork::imageBytes);
        return host;
    }

    private void gauge(Host host, String name, ToDoubleFunction<AgentWork> what) {
        Gauge.builder(name, host, h -> h.now(what)).tags(host.tags).register(meters);
    }

    private void register(Host host, Ended kind) {
        var tags = host.tags.and("action", kind.action(), "outcome", kind.outcome());
        if (host.kinds.add(tags)) {
            FunctionTimer.builder(
                            "croft.agent.actions",
                            host,
                            h -> (long) h.ended(kind.action(), kind.outcome(), Ended::count),
                            h -> h.ended(kind.action(), kind.outcome(), Ended::millis),
                            TimeUnit.MILLISECONDS)
                    .tags(tags)
                    .register(meters);
        }
    }
}
