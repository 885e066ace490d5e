package io.croft.controller.ec2api.identity;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.network.eni.NetworkInterfaces;
import io.croft.controller.network.vpc.Vpcs;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.AccountAttribute;
import software.amazon.awssdk.services.ec2.model.AccountAttributeValue;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesResponse;

/** What an account may have. */
@ActionGroup(service = Ec2Service.NAME)
class AccountActions {
    private static final Query DEFAULT_VPC =
            new Query(List.of(), List.of(new Filter("is-default", List.of("true"))), null, null);

    private final Map<String, Function<Caller, String>> attributes = new LinkedHashMap<>();

    AccountActions(Vpcs vpcs, Quotas quotas) {
        attributes.put("supported-platforms", _ -> "VPC");
        attributes.put("vpc-max-security-groups-per-interface", _ -> Integer.toString(NetworkInterfaces.MOST_GROUPS));
        attributes.put("max-elastic-ips", c -> limit(quotas, c, Quota.ADDRESSES));
        attributes.put("max-instances", c -> limit(quotas, c, Quota.INSTANCES));
        attributes.put("vpc-max-elastic-ips", c -> limit(quotas, c, Quota.ADDRESSES));
        attributes.put("default-vpc", c -> defaultVpc(vpcs, c));
    }

    private static String limit(Quotas quotas, Caller caller, Quota quota) {
        return Long.toString(quotas.limit(caller.account(), quota));
    }

    private static String defaultVpc(Vpcs vpcs, Caller caller) {
        return vpcs.describe(caller, DEFAULT_VPC).items().stream()
                .map(v -> v.id().value())
                .findFirst()
                .orElse("none");
    }

    @Action(supports = "AttributeName")
    DescribeAccountAttributesResponse describeAccountAttributes(
            Caller caller, DescribeAccountAttributesRequest request) {
        var asked = request.attributeNamesAsStrings();
        for (var name : asked) {
            if (!attributes.containsKey(name)) {
                throw Given.invalid("AttributeName", name);
            }
        }
        return DescribeAccountAttributesResponse.builder()
                .accountAttributes(attributes.entrySet().stream()
                        .filter(a -> asked.isEmpty() || asked.contains(a.getKey()))
                        .map(a -> attribute(a.getKey(), a.getValue().apply(caller)))
                        .toList())
                .build();
    }

    private static AccountAttribute attribute(String name, String value) {
        return AccountAttribute.builder()
                .attributeName(name)
                .attributeValues(
                        AccountAttributeValue.builder().attributeValue(value).build())
                .build();
    }
}
