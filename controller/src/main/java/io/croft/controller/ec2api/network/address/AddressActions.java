package io.croft.controller.ec2api.network.address;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.types.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesAttributeResponse;

/** Elastic addresses: there are none, so none has an attribute. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {@BadValue(of = "AllocationId", is = ErrorCode.ELASTIC_ADDRESS_NOT_FOUND)})
class AddressActions {
    private static final String DOMAIN_NAME = "domain-name";
    private static final int LARGEST_PAGE = 1000;

    @Action(supports = {"AllocationId", "Attribute", "MaxResults", "NextToken"})
    DescribeAddressesAttributeResponse describeAddressesAttribute(
            Caller caller, DescribeAddressesAttributeRequest request) {
        var attribute = request.attributeAsString();
        if (attribute != null && !attribute.equals(DOMAIN_NAME)) {
            throw Given.invalid("Attribute", attribute);
        }
        if (!request.allocationIds().isEmpty()) {
            throw new CloudException(
                    ErrorCode.ELASTIC_ADDRESS_NOT_FOUND, Listing.sentence("allocation ID", request.allocationIds()));
        }
        requireFirstPage(request.maxResults(), request.nextToken());
        return DescribeAddressesAttributeResponse.builder().addresses(List.of()).build();
    }

    private static void requireFirstPage(@Nullable Integer size, @Nullable String token) {
        if (size != null && (size < 1 || size > LARGEST_PAGE)) {
            throw Given.invalid("MaxResults", size.toString());
        }
        if (token != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PAGINATION_TOKEN,
                    "The token is not one of this request's: it has no further page");
        }
    }
}
