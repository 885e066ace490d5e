package io.croft.controller.restore;

import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostView;
import io.croft.controller.hostlink.RestoredDocuments;
import io.croft.controller.recovery.Recovery;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.HostDocument;
import io.croft.protocol.LedgerReport;
import io.croft.types.HostId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a merge is made of. */
@Component
class Ledgers {
    private final Recovery recovery;
    private final RestoredDocuments documents;
    private final Fleet fleet;
    private final JsonMapper json;

    Ledgers(Recovery recovery, RestoredDocuments documents, Fleet fleet, JsonMapper json) {
        this.recovery = recovery;
        this.documents = documents;
        this.fleet = fleet;
        this.json = json;
    }

    /** Of the awaited hosts that have told theirs, by their ids. */
    Map<HostId, LedgerReport> told() {
        var told = new HashMap<HostId, LedgerReport>();
        for (var awaited : recovery.awaited()) {
            var ledger = awaited.ledger();
            if (ledger != null) {
                told.put(awaited.host(), json.readValue(ledger, LedgerReport.class));
            }
        }
        return told;
    }

    /** What the database wants of each host. */
    Map<HostId, Share> shares() {
        var shares = new HashMap<HostId, Share>();
        for (HostView host : fleet.snapshot().hosts()) {
            var wanted = new HashMap<DocumentKey, HostDocument>();
            var revisions = new HashMap<DocumentKey, Long>();
            for (var stored : documents.of(host.id())) {
                wanted.put(stored.document().key(), stored.document());
                revisions.put(stored.document().key(), stored.revision());
            }
            shares.put(host.id(), new Share(documents.revision(host.id()), wanted, revisions));
        }
        return shares;
    }

    /** The zone of each host. */
    Map<HostId, String> zones() {
        var zones = new TreeMap<HostId, String>(Comparator.comparing(HostId::value));
        fleet.snapshot().hosts().forEach(h -> zones.put(h.id(), h.zone()));
        return zones;
    }
}
