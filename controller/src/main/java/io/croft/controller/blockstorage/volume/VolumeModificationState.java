package io.croft.controller.blockstorage.volume;

/** EC2's states of a volume's modification, without {@code optimizing}: what a host has carried out is in force as a whole. */
public enum VolumeModificationState {
    MODIFYING("modifying"),
    COMPLETED("completed"),
    FAILED("failed");

    private final String ec2Name;

    VolumeModificationState(String ec2Name) {
        this.ec2Name = ec2Name;
    }

    public String ec2Name() {
        return ec2Name;
    }
}
