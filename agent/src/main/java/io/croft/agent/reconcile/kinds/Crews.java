package io.croft.agent.reconcile.kinds;

import io.croft.agent.reconcile.Crew;

/** How much of the host's work goes on at once. */
final class Crews {
    static final Crew FIREWALL = new Crew("firewall", 1);
    static final Crew NETWORK = new Crew("network", 4);
    static final Crew STORAGE = new Crew("storage", 6);
    /** What comes over a slow line takes hours, and keeps nobody else waiting. */
    static final Crew FILLING = new Crew("filling", 2);

    static final Crew UPLOADING = new Crew("uploading", 2);
    static final Crew MACHINES = new Crew("machines", 6);
    /** Guests that cling to their volumes take their time, and keep nobody else waiting. */
    static final Crew UNPLUGGING = new Crew("unplugging", 2);

    private Crews() {}
}
