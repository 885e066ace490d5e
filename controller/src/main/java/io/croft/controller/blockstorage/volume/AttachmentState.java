package io.croft.controller.blockstorage.volume;

/** EC2's states of a volume's attachment. One that is detached has no row any more. */
public enum AttachmentState {
    ATTACHING("attaching"),
    ATTACHED("attached"),
    DETACHING("detaching"),
    DETACHED("detached");

    private final String ec2Name;

    AttachmentState(String ec2Name) {
        this.ec2Name = ec2Name;
    }

    public String ec2Name() {
        return ec2Name;
    }
}
