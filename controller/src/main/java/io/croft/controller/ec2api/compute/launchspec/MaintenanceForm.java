package io.croft.controller.ec2api.compute.launchspec;

import io.croft.controller.awsedge.Given;

/**
 * Whether a machine that stopped by itself is started again, as EC2 says it: always in place and by its host, for its volumes are there.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-configuration-recovery.html">Simplified automatic recovery</a>
 */
public final class MaintenanceForm {
    private static final String ON = "default";
    private static final String OFF = "disabled";

    private MaintenanceForm() {}

    public static String write(boolean autoRecovery) {
        return autoRecovery ? ON : OFF;
    }

    /**
     * Reads what is said.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue
     */
    public static boolean read(String parameter, String said) {
        return switch (said) {
            case ON -> true;
            case OFF -> false;
            default -> throw Given.invalid(parameter, said);
        };
    }
}
