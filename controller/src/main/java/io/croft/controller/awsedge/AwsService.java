package io.croft.controller.awsedge;

import io.croft.types.ErrorCode;
import java.util.Map;
import java.util.Set;

/**
 * One of AWS's services that is served here.
 *
 * @param name its name in the credential scope of a signature: {@code ec2}
 * @param protocol how it writes requests, answers and errors
 * @param namespace the XML namespace of its answers
 * @param homes regions for which its requests may be signed, besides the controller's own
 * @param temporaryKeys whether it takes requests that are signed with temporary keys
 * @param errors where it names an error unlike the other services of its protocol
 * @param badValues what it calls a value that is none, InvalidParameterValue aside: by the end of the parameter's name, of which the longest counts, after the
 *     action's where that matters ({@code SubnetId}, {@code Placement.GroupId}, {@code CreateKeyPair.KeyName})
 */
public record AwsService(
        String name,
        AwsProtocol protocol,
        String namespace,
        Set<String> homes,
        boolean temporaryKeys,
        Map<ErrorCode, ErrorName> errors,
        Map<String, ErrorCode> badValues) {
    /**
     * What clients sign for to AWS's services that belong to no region, whatever their own region is: where AWS has them, or the name that its SDK for Java has for that
     * when it is given an endpoint.
     */
    public static final Set<String> GLOBAL = Set.of("us-east-1", "aws-global");

    public AwsService {
        homes = Set.copyOf(homes);
        errors = Map.copyOf(errors);
        badValues = Map.copyOf(badValues);
    }

    /** A service of the controller's region with its protocol's names of errors. */
    public AwsService(String name, AwsProtocol protocol, String namespace) {
        this(name, protocol, namespace, Set.of(), true, Map.of(), Map.of());
    }

    /**
     * What a client reads of an error.
     *
     * @param status the HTTP status
     */
    public record ErrorName(int status, String code) {}
}
