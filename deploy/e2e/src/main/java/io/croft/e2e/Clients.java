package io.croft.e2e;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ebs.EbsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Clients of the AWS SDK for the lab's account. */
public final class Clients {
    private Clients() {}

    /** As an application has it: with the SDK's own retries. */
    public static Ec2Client ec2(LabEnvironment environment) {
        return builder(environment)
                .overrideConfiguration(c -> c.retryStrategy(RetryMode.STANDARD))
                .build();
    }

    /** Every request is sent once, so that a failure is seen and a time is one request's. */
    public static Ec2Client ec2WithoutRetries(LabEnvironment environment) {
        return builder(environment)
                .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    /** The same for STS. */
    public static StsClient stsWithoutRetries(LabEnvironment environment) {
        return StsClient.builder()
                .endpointOverride(environment.endpoint())
                .region(Region.of(environment.region()))
                .credentialsProvider(credentials(environment))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    /** What snapshots hold, block by block. */
    public static EbsClient ebs(LabEnvironment environment) {
        return EbsClient.builder()
                .endpointOverride(environment.endpoint())
                .region(Region.of(environment.region()))
                .credentialsProvider(credentials(environment))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** The same for IAM. */
    public static IamClient iamWithoutRetries(LabEnvironment environment) {
        return IamClient.builder()
                .endpointOverride(environment.endpoint())
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(credentials(environment))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    private static StaticCredentialsProvider credentials(LabEnvironment environment) {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(environment.accessKey(), environment.secretKey()));
    }

    private static software.amazon.awssdk.services.ec2.Ec2ClientBuilder builder(LabEnvironment environment) {
        return Ec2Client.builder()
                .endpointOverride(environment.endpoint())
                .region(Region.of(environment.region()))
                .credentialsProvider(credentials(environment))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(5))
                        .socketTimeout(Duration.ofSeconds(30)));
    }
}
