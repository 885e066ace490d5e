package io.croft.controller.ec2api;

import io.croft.controller.awsedge.StructureMembers;
import io.croft.controller.compute.LaunchParameters;
import io.croft.controller.compute.LaunchReading;
import io.croft.controller.compute.LaunchRequest;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/**
 * The three structures in which AWS writes the parameters of a launch. What they share they name alike, so a template's data are read as the request of a launch is,
 * and nothing about a parameter has to be said twice.
 */
@Component
class LaunchStructures implements LaunchReading {
    private static final String TEMPLATE = "LaunchTemplate";
    private static final String DRY_RUN = "DryRun";
    private static final String CLIENT_TOKEN = "ClientToken";

    @Override
    public LaunchRequest read(LaunchParameters parameters) {
        return new LaunchReader(StructureMembers.fill(RunInstancesRequest.builder(), parameters.members())).read();
    }

    /** What a request says of its launch, the template that it names aside. */
    static LaunchParameters of(RunInstancesRequest request) {
        var members = StructureMembers.of(request);
        members.remove(TEMPLATE);
        members.remove(DRY_RUN);
        if (request.clientToken() != null) {
            members.put(CLIENT_TOKEN, request.clientToken());
        }
        return new LaunchParameters(members);
    }

    static LaunchParameters of(RequestLaunchTemplateData data) {
        return new LaunchParameters(StructureMembers.of(data));
    }

    static ResponseLaunchTemplateData write(LaunchParameters data) {
        return StructureMembers.fill(ResponseLaunchTemplateData.builder(), data.members());
    }
}
