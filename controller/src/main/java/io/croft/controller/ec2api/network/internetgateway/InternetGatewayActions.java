package io.croft.controller.ec2api.network.internetgateway;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.network.internetgateway.InternetGatewayView;
import io.croft.controller.network.internetgateway.InternetGateways;
import io.croft.types.ErrorCode;
import io.croft.types.InternetGatewayId;
import io.croft.types.ResourceType;
import io.croft.types.VpcId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInternetGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment;

/** The actions on internet gateways. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {@BadValue(of = "InternetGatewayId", is = ErrorCode.INTERNET_GATEWAY_ID_MALFORMED)})
class InternetGatewayActions {
    private final InternetGateways gateways;

    InternetGatewayActions(InternetGateways gateways) {
        this.gateways = gateways;
    }

    @Action(supports = "TagSpecification.*")
    CreateInternetGatewayResponse createInternetGateway(Caller caller, CreateInternetGatewayRequest request) {
        var tags = TagForm.specified(request.tagSpecifications(), ResourceType.INTERNET_GATEWAY);
        var id = gateways.create(caller, tags);
        return CreateInternetGatewayResponse.builder()
                .internetGateway(gateway(new InternetGatewayView(id, caller.account(), null, tags)))
                .build();
    }

    @Action(supports = "InternetGatewayId")
    DeleteInternetGatewayResponse deleteInternetGateway(Caller caller, DeleteInternetGatewayRequest request) {
        gateways.delete(caller, id(request.internetGatewayId()));
        return DeleteInternetGatewayResponse.builder().build();
    }

    @Action(supports = {"InternetGatewayId", "VpcId"})
    AttachInternetGatewayResponse attachInternetGateway(Caller caller, AttachInternetGatewayRequest request) {
        gateways.attach(caller, id(request.internetGatewayId()), vpc(request.vpcId()));
        return AttachInternetGatewayResponse.builder().build();
    }

    @Action(supports = {"InternetGatewayId", "VpcId"})
    DetachInternetGatewayResponse detachInternetGateway(Caller caller, DetachInternetGatewayRequest request) {
        gateways.detach(caller, id(request.internetGatewayId()), vpc(request.vpcId()));
        return DetachInternetGatewayResponse.builder().build();
    }

    @Action(supports = {"InternetGatewayId", "Filter.*", "MaxResults", "NextToken"})
    DescribeInternetGatewaysResponse describeInternetGateways(Caller caller, DescribeInternetGatewaysRequest request) {
        var page = gateways.describe(
                caller,
                Queries.of(request.internetGatewayIds(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeInternetGatewaysResponse.builder()
                .internetGateways(page.items().stream()
                        .map(InternetGatewayActions::gateway)
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static InternetGatewayId id(@Nullable String id) {
        return new InternetGatewayId(Given.value(id, "InternetGatewayId"));
    }

    private static VpcId vpc(@Nullable String id) {
        return new VpcId(Given.value(id, "VpcId"));
    }

    private static InternetGateway gateway(InternetGatewayView gateway) {
        var vpc = gateway.vpc();
        return InternetGateway.builder()
                .internetGatewayId(gateway.id().value())
                .ownerId(gateway.owner().value())
                .attachments(
                        vpc == null
                                ? List.of()
                                : List.of(InternetGatewayAttachment.builder()
                                        .vpcId(vpc.value())
                                        .state("available")
                                        .build()))
                .tags(TagForm.write(gateway.tags()))
                .build();
    }
}
