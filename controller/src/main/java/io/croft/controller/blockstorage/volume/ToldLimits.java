package io.croft.controller.blockstorage.volume;

import io.croft.controller.recovery.Recovery;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells hosts how fast volumes may be used of which a controller of before did not say it; not while hosts are told nothing. Machines go on meanwhile. */
@Component
class ToldLimits {
    private final VolumeTable table;
    private final VolumeEndings hosts;
    private final Recovery recovery;

    ToldLimits(VolumeTable table, VolumeEndings hosts, Recovery recovery) {
        this.table = table;
        this.hosts = hosts;
        this.recovery = recovery;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    public void tell() {
        if (!recovery.state().reconciles()) {
            hosts.put(table.tellLimits());
        }
    }
}
