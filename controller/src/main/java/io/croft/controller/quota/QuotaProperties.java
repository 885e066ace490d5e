package io.croft.controller.quota;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of accounts for which the operator has set none ({@code croft.quota.*}): room for a lab's everyday work, and a wall before one tenant has it all.
 *
 * @param addresses public addresses; no more than the pool has
 * @param rulesPerSecurityGroup EC2's own, for each direction
 * @param subnetsPerVpc EC2's own, as are those of route tables, routes, network ACLs and their entries
 */
@ConfigurationProperties("croft.quota")
record QuotaProperties(
        @DefaultValue("100") long instances,
        @DefaultValue("256") long vcpus,
        @DefaultValue("524288") long memoryMib,
        @DefaultValue("500") long volumes,
        @DefaultValue("10240") long volumeGib,
        @DefaultValue("1000") long snapshots,
        @DefaultValue("100") long addresses,
        @DefaultValue("500") long networkInterfaces,
        @DefaultValue("250") long securityGroups,
        @DefaultValue("60") long rulesPerSecurityGroup,
        @DefaultValue("50") long vpcs,
        @DefaultValue("200") long subnetsPerVpc,
        @DefaultValue("50") long internetGateways,
        @DefaultValue("200") long routeTablesPerVpc,
        @DefaultValue("500") long routesPerRouteTable,
        @DefaultValue("200") long networkAclsPerVpc,
        @DefaultValue("20") long entriesPerNetworkAcl) {
    long standard(Quota quota) {
        return switch (quota) {
            case INSTANCES -> instances;
            case VCPUS -> vcpus;
            case MEMORY_MIB -> memoryMib;
            case VOLUMES -> volumes;
            case VOLUME_GIB -> volumeGib;
            case SNAPSHOTS -> snapshots;
            case ADDRESSES -> addresses;
            case NETWORK_INTERFACES -> networkInterfaces;
            case SECURITY_GROUPS -> securityGroups;
            case RULES_PER_SECURITY_GROUP -> rulesPerSecurityGroup;
            case VPCS -> vpcs;
            case SUBNETS_PER_VPC -> subnetsPerVpc;
            case INTERNET_GATEWAYS -> internetGateways;
            case ROUTE_TABLES_PER_VPC -> routeTablesPerVpc;
            case ROUTES_PER_ROUTE_TABLE -> routesPerRouteTable;
            case NETWORK_ACLS_PER_VPC -> networkAclsPerVpc;
            case ENTRIES_PER_NETWORK_ACL -> entriesPerNetworkAcl;
        };
    }
}
