package io.croft.controller.blockstorage.volume;

/** EC2's states of a volume, those that Croft's volumes can be in. */
public enum VolumeState {
    CREATING("creating"),
    AVAILABLE("available"),
    IN_USE("in-use"),
    DELETING("deleting");

    private final String ec2Name;

    VolumeState(String ec2Name) {
        this.ec2Name = ec2Name;
    }

    public String ec2Name() {
        return ec2Name;
    }
}
