package io.croft.agent.firewall;

import java.util.Set;

/** Enforces the ports' security groups. Calls block and throw {@link FirewallException}; a failed call leaves the old set in force. */
public interface Firewall {
    /**
     * Makes exactly {@code wanted} in force, atomically, and ends the flows that it no longer allows.
     *
     * @return whether anything had to change; a second call with the same set changes nothing
     */
    boolean apply(FirewallSpec wanted);

    /** The taps whose chains are in force now. */
    Set<String> ports();

    /** What keeps this host from filtering, one sentence each; a machine must not start while there is any. */
    Set<String> problems();
}
