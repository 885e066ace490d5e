package io.croft.controller.ec2api;

import io.croft.controller.awsedge.AwsService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** EC2 as a service of the AWS edges. */
@Configuration(proxyBeanMethods = false)
class Ec2Service {
    static final String NAME = "ec2";

    @Bean
    AwsService ec2() {
        return new AwsService(NAME, AwsService.Protocol.EC2_QUERY, "http://ec2.amazonaws.com/doc/2016-11-15/");
    }
}
