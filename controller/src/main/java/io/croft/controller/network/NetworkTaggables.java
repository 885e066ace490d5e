package io.croft.controller.network;

import io.croft.controller.tags.TaggableTable;
import io.croft.types.ResourceType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** This module's resources that can carry tags. */
@Configuration(proxyBeanMethods = false)
class NetworkTaggables {
    @Bean
    TaggableTable taggableVpcs(JdbcClient jdbc) {
        return new TaggableTable(jdbc, ResourceType.VPC, "vpc", "true");
    }

    @Bean
    TaggableTable taggableSubnets(JdbcClient jdbc) {
        return new TaggableTable(jdbc, ResourceType.SUBNET, "subnet", "true");
    }

    @Bean
    TaggableTable taggableInterfaces(JdbcClient jdbc) {
        return new TaggableTable(jdbc, ResourceType.NETWORK_INTERFACE, "network_interface", "NOT releasing");
    }

    @Bean
    TaggableTable taggableGroups(JdbcClient jdbc) {
        return new TaggableTable(jdbc, ResourceType.SECURITY_GROUP, "security_group", "true");
    }

    @Bean
    TaggableTable taggableRules(JdbcClient jdbc) {
        return new TaggableTable(jdbc, ResourceType.SECURITY_GROUP_RULE, "security_group_rule", "true");
    }
}
