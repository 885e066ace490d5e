package io.croft.controller.blockstorage.snapshot;

/** The states of a snapshot. EC2 has no word for the second, shows the fourth in its recycle bin alone, and does not show the last. */
public enum SnapshotState {
    /** It takes blocks. */
    PENDING("pending"),
    /** All blocks have come; they are put into the store. */
    SEALING("pending"),
    COMPLETED("completed"),
    /** Deleted, and in the recycle bin. */
    RECYCLED("recoverable"),
    ERROR("error"),
    DELETING("deleting");

    private final String ec2Name;

    SnapshotState(String ec2Name) {
        this.ec2Name = ec2Name;
    }

    /** Whether the store is to have all of it. */
    boolean stored() {
        return this == COMPLETED || this == RECYCLED;
    }

    /** Whether its owner has deleted it. */
    boolean deleted() {
        return this == RECYCLED || this == DELETING;
    }

    public String ec2Name() {
        return ec2Name;
    }
}
