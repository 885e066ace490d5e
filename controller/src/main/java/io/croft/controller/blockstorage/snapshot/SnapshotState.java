package io.croft.controller.blockstorage.snapshot;

/** The states of a snapshot. EC2 has no word for the second, and does not show the last. */
public enum SnapshotState {
    /** It takes blocks. */
    PENDING("pending"),
    /** All blocks have come; they are put into the store. */
    SEALING("pending"),
    COMPLETED("completed"),
    ERROR("error"),
    DELETING("deleting");

    private final String ec2Name;

    SnapshotState(String ec2Name) {
        this.ec2Name = ec2Name;
    }

    public String ec2Name() {
        return ec2Name;
    }
}
