package io.croft.controller.ec2api.kit;

import io.croft.controller.awsedge.AwsService;
import io.croft.controller.awsedge.query.QueryProtocol;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** EC2 as a service of the AWS edges. */
@Configuration(proxyBeanMethods = false)
public class Ec2Service {
    public static final String NAME = "ec2";

    @Bean
    AwsService ec2() {
        return new AwsService(
                NAME,
                QueryProtocol.EC2,
                "http://ec2.amazonaws.com/doc/2016-11-15/",
                Set.of(),
                true,
                Map.of(),
                malformed());
    }

    /** What follows from the types of resources; the rest the nouns' actions declare. */
    private static Map<String, ErrorCode> malformed() {
        return Arrays.stream(ResourceType.values())
                .filter(t -> t.malformed() != ErrorCode.INVALID_PARAMETER_VALUE)
                .collect(Collectors.toMap(Ec2Service::idParameter, ResourceType::malformed));
    }

    /** {@code network-interface} becomes {@code NetworkInterfaceId}. */
    private static String idParameter(ResourceType type) {
        return Arrays.stream(type.tagName().split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining("", "", "Id"));
    }
}
