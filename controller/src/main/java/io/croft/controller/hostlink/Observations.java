package io.croft.controller.hostlink;

import io.croft.protocol.DocumentKey;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.Orphan;
import io.croft.types.HostId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What hosts last observed, put together from the table, the last full reports and the open streams. */
@Component
class Observations implements HostObservations {
    private final ObservationTable table;
    private final ReportIntake intake;
    private final DesiredSignals signals;

    Observations(ObservationTable table, ReportIntake intake, DesiredSignals signals) {
        this.table = table;
        this.intake = intake;
        this.signals = signals;
    }

    @Override
    public Optional<ObservedDocument> latest(HostId host, DocumentKey key) {
        return table.find(host, key);
    }

    @Override
    public List<Orphan> orphans(HostId host) {
        return intake.orphans(host);
    }

    @Override
    public boolean toldAll(HostId host) {
        return intake.toldAll(host);
    }

    @Override
    public List<ObservedDocument> failing(HostId host, int most) {
        return table.failing(host, most);
    }

    @Override
    public boolean connected(HostId host) {
        return signals.isTaken(host);
    }
}
