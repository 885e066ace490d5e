package io.croft.controller.ec2api.compute.instance;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.types.ErrorCode;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.DescribeIamInstanceProfileAssociationsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeIamInstanceProfileAssociationsResponse;

/** Instance profiles: there are none, so no instance has one. */
@ActionGroup(service = Ec2Service.NAME)
class InstanceProfileActions {
    private static final Set<String> FILTERS = Set.of("instance-id", "state");
    private static final int SMALLEST_PAGE = 5;
    private static final int LARGEST_PAGE = 1000;

    @Action(supports = {"AssociationId", "Filter.*", "MaxResults", "NextToken"})
    DescribeIamInstanceProfileAssociationsResponse describeIamInstanceProfileAssociations(
            Caller caller, DescribeIamInstanceProfileAssociationsRequest request) {
        var query = Queries.of(request.associationIds(), request.filters(), request.maxResults(), request.nextToken());
        for (var id : query.ids()) {
            throw new CloudException(
                    ErrorCode.INSTANCE_PROFILE_ASSOCIATION_NOT_FOUND, "The association ID '" + id + "' does not exist");
        }
        for (var filter : query.filters()) {
            if (!FILTERS.contains(filter.name())) {
                throw new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE, "The filter '" + filter.name() + "' is invalid");
            }
        }
        var size = query.maxResults();
        if (size != null && (size < SMALLEST_PAGE || size > LARGEST_PAGE)) {
            throw Given.invalid("MaxResults", size.toString());
        }
        if (query.nextToken() != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PAGINATION_TOKEN,
                    "The token is not one of this request's: it has no further page");
        }
        return DescribeIamInstanceProfileAssociationsResponse.builder()
                .iamInstanceProfileAssociations(List.of())
                .build();
    }
}
