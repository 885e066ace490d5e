package io.croft.controller.awsedge;

/**
 * One of AWS's services that is served here.
 *
 * @param name its name in the credential scope of a signature: {@code ec2}
 * @param protocol how it writes requests and answers
 * @param namespace the XML namespace of its answers
 */
public record AwsService(String name, Protocol protocol, String namespace) {
    /** The two forms of AWS's query protocol. */
    public enum Protocol {
        /** EC2's own: lists flattened, no result element. */
        EC2_QUERY,
        /** All other query services': {@code X.member.1} and an {@code XxxResult} element. */
        AWS_QUERY
    }
}
