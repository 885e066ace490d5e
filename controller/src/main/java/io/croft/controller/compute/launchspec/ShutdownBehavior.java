package io.croft.controller.compute.launchspec;

/** What a power-off from inside the guest means, under EC2's names. */
public enum ShutdownBehavior {
    STOP("stop"),
    TERMINATE("terminate");

    private final String ec2Name;

    ShutdownBehavior(String ec2Name) {
        this.ec2Name = ec2Name;
    }

    public String ec2Name() {
        return ec2Name;
    }
}
