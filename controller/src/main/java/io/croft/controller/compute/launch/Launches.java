package io.croft.controller.compute.launch;

import io.croft.controller.compute.launchspec.LaunchRequest;
import io.croft.controller.context.Caller;
import io.croft.controller.context.LostRaces;
import org.springframework.stereotype.Component;

/**
 * Launches of instances. Each is one transaction that touches nothing outside the database, joined to the caller's when there is one; so a request that is only
 * to be checked can be carried out and rolled back.
 */
@Component
public class Launches {
    private final RunInstances run;

    Launches(RunInstances run) {
        this.run = run;
    }

    /**
     * Launches between {@code minCount} and {@code maxCount} instances, or none. They are pending when this returns.
     *
     * @throws io.croft.controller.context.CloudException InvalidAMIID.NotFound, InvalidInstanceType, InvalidKeyPair.NotFound, InvalidGroup.NotFound,
     *     InvalidSubnetID.NotFound, InvalidUserData.Malformed, InvalidBlockDeviceMapping, InsufficientInstanceCapacity,
     *     InsufficientFreeAddressesInSubnet, InvalidIPAddress.InUse, IdempotentParameterMismatch, InvalidParameterValue, InvalidParameterCombination
     */
    public Reservation run(Caller caller, LaunchRequest request) {
        return LostRaces.retry(() -> run.run(caller, request));
    }

    /**
     * Launches instances from a launch template.
     *
     * @throws io.croft.controller.context.CloudException as the other, and the NotFounds of the template and the version
     */
    public Reservation run(Caller caller, TemplateLaunch launch) {
        return LostRaces.retry(() -> run.run(caller, launch));
    }
}
