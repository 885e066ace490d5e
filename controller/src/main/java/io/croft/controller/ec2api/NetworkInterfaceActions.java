package io.croft.controller.ec2api;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.context.Caller;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.network.NetworkInterfaces;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;

/** The actions on network interfaces. */
@ActionGroup(service = Ec2Service.NAME)
class NetworkInterfaceActions {
    private final NetworkInterfaces interfaces;
    private final AvailabilityZones zones;

    NetworkInterfaceActions(NetworkInterfaces interfaces, AvailabilityZones zones) {
        this.interfaces = interfaces;
        this.zones = zones;
    }

    @Action(
            supports = {"NetworkInterfaceId", "Filter.*", "MaxResults", "NextToken"},
            accepts = {"IncludeManagedResources=false", "IncludeManagedResources=true"})
    DescribeNetworkInterfacesResponse describeNetworkInterfaces(
            Caller caller, DescribeNetworkInterfacesRequest request) {
        var page = interfaces.describe(
                caller,
                Queries.of(
                        request.networkInterfaceIds(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeNetworkInterfacesResponse.builder()
                .networkInterfaces(page.items().stream()
                        .map(n -> NetworkInterfaceForm.write(
                                n, zones.require(n.zone()).id()))
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }
}
