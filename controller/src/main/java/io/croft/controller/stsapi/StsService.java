package io.croft.controller.stsapi;

import io.croft.controller.awsedge.AwsService;
import io.croft.controller.awsedge.query.QueryProtocol;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** STS as a service of the AWS edges. */
@Configuration(proxyBeanMethods = false)
class StsService {
    static final String NAME = "sts";

    @Bean
    AwsService sts() {
        return new AwsService(
                NAME,
                QueryProtocol.AWS,
                "https://sts.amazonaws.com/doc/2011-06-15/",
                AwsService.GLOBAL,
                true,
                Map.of(),
                Map.of());
    }
}
