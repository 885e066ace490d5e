package io.croft.controller.blockstorage;

/** EC2's states of a volume. */
public enum VolumeState {
    CREATING("creating"),
    AVAILABLE("available"),
    IN_USE("in-use"),
    DELETING("deleting"),
    ERROR("error");

    private final String ec2Name;

    VolumeState(String ec2Name) {
        this.ec2Name = ec2Name;
    }

    public String ec2Name() {
        return ec2Name;
    }
}
