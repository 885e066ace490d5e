package io.croft.controller.iamapi;

import io.croft.controller.awsedge.AwsService;
import io.croft.controller.awsedge.AwsService.ErrorName;
import io.croft.controller.awsedge.query.QueryProtocol;
import io.croft.types.ErrorCode;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** IAM as a service of the AWS edges. */
@Configuration(proxyBeanMethods = false)
class IamService {
    static final String NAME = "iam";

    @Bean
    AwsService iam() {
        return new AwsService(
                NAME,
                QueryProtocol.AWS,
                "https://iam.amazonaws.com/doc/2010-05-08/",
                AwsService.GLOBAL,
                false,
                Map.of(
                        ErrorCode.NOT_FOUND, new ErrorName(404, "NoSuchEntity"),
                        ErrorCode.CONFLICT, new ErrorName(409, "EntityAlreadyExists"),
                        ErrorCode.INVALID_PAGINATION_TOKEN, new ErrorName(400, "ValidationError")),
                Map.of());
    }
}
