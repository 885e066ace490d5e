package io.croft.controller.compute;

import io.croft.controller.tags.TaggableTable;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** This module's resources that can carry tags. */
@Configuration(proxyBeanMethods = false)
class ComputeTaggables {
    @Bean
    TaggableTable taggableInstances(JdbcClient jdbc) {
        return new TaggableTable(jdbc, ResourceType.INSTANCE, ErrorCode.INSTANCE_NOT_FOUND, "instance", "true");
    }

    @Bean
    TaggableTable taggablePlacementGroups(JdbcClient jdbc) {
        return new TaggableTable(
                jdbc, ResourceType.PLACEMENT_GROUP, ErrorCode.PLACEMENT_GROUP_NOT_FOUND, "placement_group", "true");
    }

    @Bean
    TaggableTable taggableLaunchTemplates(JdbcClient jdbc) {
        return new TaggableTable(
                jdbc, ResourceType.LAUNCH_TEMPLATE, ErrorCode.LAUNCH_TEMPLATE_NOT_FOUND, "launch_template", "true");
    }
}
