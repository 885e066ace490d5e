package io.croft.controller.fleet;

import io.croft.types.HostId;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The one way in which a host's state changes: a guarded update from the declared table. */
@Component
class HostStates {
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    HostStates(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** Applies the event when it means something in the host's state; otherwise nothing happens, and it is false. */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean apply(HostId host, HostEvent event) {
        var made = jdbc.sql("UPDATE host h SET state = " + HostTransitions.TABLE.next("old.state", event)
                        + " FROM (SELECT id, state FROM host WHERE id = :host FOR NO KEY UPDATE) old"
                        + " WHERE h.id = old.id AND " + HostTransitions.TABLE.guard("old.state", event)
                        + " RETURNING old.state AS was, h.state AS now")
                .param("host", host.value())
                .query((row, _) -> new HostStateChanged(
                        host, HostState.valueOf(row.getString("was")), HostState.valueOf(row.getString("now"))))
                .optional();
        made.ifPresent(change -> {
            HostTransitions.TABLE.visit(change.from(), event);
            events.publishEvent(change);
        });
        return made.isPresent();
    }
}
