package io.croft.agent.firewall.iptables;

import io.croft.agent.exec.ExecException;
import io.croft.agent.firewall.Firewall;
import io.croft.agent.firewall.FirewallException;
import io.croft.agent.firewall.FirewallRenderer;
import io.croft.agent.firewall.FirewallSpec;
import io.croft.agent.firewall.FlowJudge;
import io.croft.agent.kernel.Sysctls;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real firewall. One call at a time; a port more costs two or three process starts, at once. */
public final class IptablesFirewall implements Firewall {
    private static final Logger log = LoggerFactory.getLogger(IptablesFirewall.class);
    private static final Duration TRUST = Duration.ofSeconds(30);

    private final IptablesSettings settings;
    private final HostSettings host;
    private final InstantSource clock;
    private final Kernel kernel = new Kernel();
    private @Nullable InForce known;
    private Instant read = Instant.MIN;
    private @Nullable FirewallSpec applied;
    /** Stays when a later call fails. */
    private @Nullable FirewallSpec lastApplied;

    private boolean probed;

    /** A firewall that records the kernel settings that it changes in {@code sysctls}. */
    public IptablesFirewall(IptablesSettings settings, Sysctls sysctls, InstantSource clock) {
        this.settings = settings;
        this.host = new HostSettings(sysctls);
        this.clock = clock;
    }

    @Override
    public synchronized boolean apply(FirewallSpec wanted) {
        try {
            if (wanted.equals(applied) && trusted()) {
                return false;
            }
            host.loadModule();
            var changed = enforce(wanted);
            host.switchOn();
            applied = wanted;
            lastApplied = wanted;
            return changed;
        } catch (ExecException | UncheckedIOException | FirewallException e) {
            known = null;
            applied = null;
            throw e instanceof FirewallException f ? f : new FirewallException("the rules cannot be applied", e);
        }
    }

    private boolean enforce(FirewallSpec wanted) {
        var live = current();
        var compiled = Compiled.of(wanted, new FirewallRenderer(host.policy(settings)), live.zones());
        var changed = kernel.enforce(live, compiled, new FlowJudge(wanted));
        if (changed && wanted.equals(lastApplied)) {
            log.atWarn()
                    .addKeyValue("difference", ForeignChange.between(live, compiled))
                    .log("the firewall had been changed by somebody else and is as wanted again");
        }
        known = compiled.appliedTo(live);
        return changed;
    }

    private boolean trusted() {
        return known != null && clock.instant().isBefore(read.plus(TRUST));
    }

    private InForce current() {
        var inForce = known;
        if (inForce == null || !trusted()) {
            inForce = kernel.read();
            known = inForce;
            read = clock.instant();
        }
        return inForce;
    }

    @Override
    public synchronized Set<String> ports() {
        try {
            return Set.copyOf(current().taps());
        } catch (ExecException e) {
            throw new FirewallException("the rules cannot be read", e);
        }
    }

    @Override
    public synchronized Set<String> problems() {
        var problems = new TreeSet<String>();
        try {
            host.loadModule();
            if (applied != null) {
                problems.addAll(host.problems());
            }
            if (!probed) {
                kernel.probe();
                probed = true;
            }
        } catch (FirewallException | UncheckedIOException e) {
            problems.add("iptables cannot filter bridged packets by port: " + reason(e));
        }
        return problems;
    }

    private static String reason(RuntimeException e) {
        var cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : String.valueOf(cause.getMessage());
    }
}
