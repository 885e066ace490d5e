package io.croft.controller.blockstorage.capture;

import io.croft.controller.blockstorage.volume.VolumeLeaves;
import io.croft.types.Generation;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Has hosts take the snapshots that carry volumes to other hosts, in the transaction in which those begin to move. */
@Component
class VolumeDepartures {
    private final Captures captures;

    VolumeDepartures(Captures captures) {
        this.captures = captures;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void on(VolumeLeaves leaving) {
        captures.begin(new CaptureTable.Row(
                leaving.carrier(),
                leaving.account(),
                leaving.volume(),
                leaving.host(),
                leaving.backend(),
                leaving.sizeGib(),
                List.of(leaving.carrier()),
                CaptureState.TAKING,
                Generation.FIRST));
    }
}
