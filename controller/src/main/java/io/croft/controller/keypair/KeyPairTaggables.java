package io.croft.controller.keypair;

import io.croft.controller.tags.TaggableTable;
import io.croft.types.ResourceType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** This module's resources that can carry tags. */
@Configuration(proxyBeanMethods = false)
class KeyPairTaggables {
    @Bean
    TaggableTable taggableKeyPairs(JdbcClient jdbc) {
        return new TaggableTable(jdbc, ResourceType.KEY_PAIR, "key_pair", "true");
    }
}
