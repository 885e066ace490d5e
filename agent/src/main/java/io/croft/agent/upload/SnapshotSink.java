package io.croft.agent.upload;

import io.croft.protocol.SnapshotContent;
import io.croft.protocol.SnapshotNaming;
import io.croft.protocol.SnapshotPage;
import io.croft.types.SnapshotId;
import java.io.IOException;
import java.util.List;

/** Where snapshots are sent: the controller, or a sink in tests. Calls block, and throw also when the snapshot is not to be sent by this host, or not any more. */
public interface SnapshotSink {
    /** How its blocks are named. */
    SnapshotNaming naming(SnapshotId id) throws IOException;

    /** Tells what it has in a part of it; returns the indexes of the blocks that are to be sent. */
    List<Integer> lacking(SnapshotId id, SnapshotPage page) throws IOException;

    /** Sends a block. It is there for good when this returns. */
    void put(SnapshotId id, int index, byte[] block) throws IOException;

    /**
     * Says that all is there.
     *
     * @return false when what is there is not what was read: all is to be told again
     */
    boolean complete(SnapshotId id, SnapshotContent content) throws IOException;
}
