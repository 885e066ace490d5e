package io.croft.controller.network;

import io.croft.controller.tags.TaggableTable;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** This module's resources that can carry tags. */
@Configuration(proxyBeanMethods = false)
class NetworkTaggables {
    @Bean
    TaggableTable taggableVpcs(JdbcClient jdbc) {
        return new TaggableTable(jdbc, ResourceType.VPC, ErrorCode.VPC_NOT_FOUND, "vpc", "true");
    }

    @Bean
    TaggableTable taggableSubnets(JdbcClient jdbc) {
        return new TaggableTable(jdbc, ResourceType.SUBNET, ErrorCode.SUBNET_NOT_FOUND, "subnet", "true");
    }

    @Bean
    TaggableTable taggableInterfaces(JdbcClient jdbc) {
        return new TaggableTable(
                jdbc,
                ResourceType.NETWORK_INTERFACE,
                ErrorCode.NETWORK_INTERFACE_NOT_FOUND,
                "network_interface",
                "NOT releasing");
    }

    @Bean
    TaggableTable taggableGroups(JdbcClient jdbc) {
        return new TaggableTable(
                jdbc, ResourceType.SECURITY_GROUP, ErrorCode.SECURITY_GROUP_NOT_FOUND, "security_group", "true");
    }

    @Bean
    TaggableTable taggableRules(JdbcClient jdbc) {
        return new TaggableTable(
                jdbc,
                ResourceType.SECURITY_GROUP_RULE,
                ErrorCode.SECURITY_GROUP_RULE_NOT_FOUND,
                "security_group_rule",
                "true");
    }
}
