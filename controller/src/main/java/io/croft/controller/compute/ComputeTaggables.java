package io.croft.controller.compute;

import io.croft.controller.tags.TaggableTable;
import io.croft.types.ResourceType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** This module's resources that can carry tags. */
@Configuration(proxyBeanMethods = false)
class ComputeTaggables {
    @Bean
    TaggableTable taggableInstances(JdbcClient jdbc) {
        return new TaggableTable(jdbc, ResourceType.INSTANCE, "instance", "true");
    }

    @Bean
    TaggableTable taggablePlacementGroups(JdbcClient jdbc) {
        return new TaggableTable(jdbc, ResourceType.PLACEMENT_GROUP, "placement_group", "true");
    }

    @Bean
    TaggableTable taggableLaunchTemplates(JdbcClient jdbc) {
        return new TaggableTable(jdbc, ResourceType.LAUNCH_TEMPLATE, "launch_template", "true");
    }
}
