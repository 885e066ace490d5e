package io.croft.types;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a tenant sees of an instance, with EC2's names and codes.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html">InstanceState</a>
 */
public enum InstanceState {
    PENDING("pending", 0),
    RUNNING("running", 16),
    SHUTTING_DOWN("shutting-down", 32),
    TERMINATED("terminated", 48),
    STOPPING("stopping", 64),
    STOPPED("stopped", 80);

    /** States that a host must still do something about. */
    public static final Set<InstanceState> TRANSITIONAL = Set.copyOf(EnumSet.of(PENDING, SHUTTING_DOWN, STOPPING));

    /** States from which a termination starts. */
    public static final Set<InstanceState> TERMINABLE = Set.copyOf(EnumSet.of(PENDING, RUNNING, STOPPING, STOPPED));

    private final String ec2Name;
    private final int code;

    InstanceState(String ec2Name, int code) {
        this.ec2Name = ec2Name;
        this.code = code;
    }

    public String ec2Name() {
        return ec2Name;
    }

    public int code() {
        return code;
    }
}
