package io.croft.controller.network.vpc;

import io.croft.controller.network.vpc.VpcTable.Vpc;
import io.croft.types.VpcId;
import java.util.List;

/** What a room above has of each VPC. Every call is part of the transaction that makes or deletes the VPC, which holds its row. */
public interface VpcPart {
    /** Makes what a VPC starts with; does nothing where it is there. */
    void begin(Vpc vpc);

    /** Whether there is anything in the VPC that has to be deleted before it. */
    boolean holds(VpcId vpc);

    /** Deletes what the VPC started with; returns the ids of all that is gone. */
    List<String> end(VpcId vpc);
}
