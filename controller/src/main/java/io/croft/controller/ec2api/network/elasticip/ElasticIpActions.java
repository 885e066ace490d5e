package io.croft.controller.ec2api.network.elasticip;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.network.elasticip.ElasticIpView;
import io.croft.controller.network.elasticip.ElasticIps;
import io.croft.controller.network.elasticip.ElasticIps.Target;
import io.croft.types.ElasticIpAssociationId;
import io.croft.types.ElasticIpId;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.ResourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AddressAttribute;
import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.AssociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AssociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressRequest;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressResponse;

/** The actions on elastic addresses. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {
            @BadValue(of = "AllocationId", is = ErrorCode.ELASTIC_ADDRESS_NOT_FOUND),
            @BadValue(of = "DisassociateAddress.AssociationId", is = ErrorCode.ASSOCIATION_NOT_FOUND),
            @BadValue(of = "PublicIp", is = ErrorCode.ADDRESS_NOT_FOUND)
        })
class ElasticIpActions {
    private static final String DOMAIN_NAME = "domain-name";

    private final ElasticIps addresses;
    private final AvailabilityZones zones;

    ElasticIpActions(ElasticIps addresses, AvailabilityZones zones) {
        this.addresses = addresses;
        this.zones = zones;
    }

    @Action(
            supports = {"Address", "NetworkBorderGroup", "TagSpecification.*"},
            accepts = {"Domain=vpc", "PublicIpv4Pool=amazon"})
    AllocateAddressResponse allocateAddress(Caller caller, AllocateAddressRequest request) {
        if (elsewhere(request.networkBorderGroup())) {
            throw Given.invalid("NetworkBorderGroup", request.networkBorderGroup());
        }
        var made = addresses.allocate(
                caller, request.address(), TagForm.specified(request.tagSpecifications(), ResourceType.ELASTIC_IP));
        return AllocateAddressResponse.builder()
                .allocationId(made.id().value())
                .publicIp(made.address())
                .domain("vpc")
                .publicIpv4Pool("amazon")
                .networkBorderGroup(zones.region())
                .build();
    }

    @Action(supports = {"AllocationId", "PublicIp", "NetworkBorderGroup"})
    ReleaseAddressResponse releaseAddress(Caller caller, ReleaseAddressRequest request) {
        var id = id(caller, request.allocationId(), request.publicIp());
        if (elsewhere(request.networkBorderGroup())) {
            throw new CloudException(
                    ErrorCode.ADDRESS_NOT_FOUND,
                    "Address '" + id + "' is not in the network border group '" + request.networkBorderGroup() + "'.");
        }
        addresses.release(caller, id);
        return ReleaseAddressResponse.builder().build();
    }

    /** All addresses are of the region's own group. */
    private boolean elsewhere(@Nullable String networkBorderGroup) {
        return networkBorderGroup != null && !networkBorderGroup.equals(zones.region());
    }

    @Action(
            supports = {
                "AllocationId",
                "PublicIp",
                "InstanceId",
                "NetworkInterfaceId",
                "PrivateIpAddress",
                "AllowReassociation"
            })
    AssociateAddressResponse associateAddress(Caller caller, AssociateAddressRequest request) {
        var made = addresses.associate(
                caller,
                id(caller, request.allocationId(), request.publicIp()),
                target(request),
                request.privateIpAddress(),
                !Boolean.FALSE.equals(request.allowReassociation()));
        return AssociateAddressResponse.builder().associationId(made.value()).build();
    }

    /** Of both the instance is meant, as EC2 has it: Terraform names beside a new instance the interface of the old one. */
    private static Target target(AssociateAddressRequest request) {
        return request.instanceId() == null
                ? new Target.Interface(
                        new NetworkInterfaceId(Given.value(request.networkInterfaceId(), "NetworkInterfaceId")))
                : new Target.Instance(new InstanceId(request.instanceId()));
    }

    private ElasticIpId id(Caller caller, @Nullable String allocation, @Nullable String address) {
        if (allocation != null && address != null) {
            throw both("AllocationId", "PublicIp");
        }
        return address == null
                ? new ElasticIpId(Given.value(allocation, "AllocationId"))
                : addresses.require(caller, address);
    }

    private static CloudException both(String one, String other) {
        return new CloudException(
                ErrorCode.INVALID_PARAMETER_COMBINATION,
                "The parameters " + one + " and " + other + " may not be used together");
    }

    @Action(supports = {"AssociationId", "PublicIp"})
    DisassociateAddressResponse disassociateAddress(Caller caller, DisassociateAddressRequest request) {
        if (request.associationId() != null && request.publicIp() != null) {
            throw both("AssociationId", "PublicIp");
        }
        if (request.publicIp() == null) {
            addresses.disassociate(
                    caller, new ElasticIpAssociationId(Given.value(request.associationId(), "AssociationId")));
        } else {
            addresses.disassociate(caller, request.publicIp());
        }
        return DisassociateAddressResponse.builder().build();
    }

    @Action(supports = {"AllocationId", "PublicIp", "Filter.*"})
    DescribeAddressesResponse describeAddresses(Caller caller, DescribeAddressesRequest request) {
        var query = Queries.of(request.allocationIds(), request.filters(), null, null);
        return DescribeAddressesResponse.builder()
                .addresses(addresses.describe(caller, query, request.publicIps()).items().stream()
                        .map(this::address)
                        .toList())
                .build();
    }

    /** No address has a domain name of its owner's. */
    @Action(supports = {"AllocationId", "Attribute", "MaxResults", "NextToken"})
    DescribeAddressesAttributeResponse describeAddressesAttribute(
            Caller caller, DescribeAddressesAttributeRequest request) {
        var attribute = request.attributeAsString();
        if (attribute != null && !attribute.equals(DOMAIN_NAME)) {
            throw Given.invalid("Attribute", attribute);
        }
        var page = addresses.describe(
                caller, new Query(request.allocationIds(), List.of(), request.maxResults(), request.nextToken()));
        return DescribeAddressesAttributeResponse.builder()
                .addresses(page.items().stream()
                        .map(a -> AddressAttribute.builder()
                                .publicIp(a.address())
                                .allocationId(a.id().value())
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private Address address(ElasticIpView address) {
        var place = address.place();
        var filled = Address.builder()
                .allocationId(address.id().value())
                .publicIp(address.address())
                .domain("vpc")
                .publicIpv4Pool("amazon")
                .networkBorderGroup(zones.region())
                .tags(TagForm.write(address.tags()));
        if (place != null) {
            filled.associationId(place.association().value())
                    .networkInterfaceId(place.networkInterface().value())
                    .networkInterfaceOwnerId(address.owner().value())
                    .privateIpAddress(place.privateAddress())
                    .instanceId(
                            place.instance() == null ? null : place.instance().value());
        }
        return filled.build();
    }
}
