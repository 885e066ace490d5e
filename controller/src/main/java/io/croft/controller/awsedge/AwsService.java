package io.croft.controller.awsedge;

import io.croft.types.ErrorCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One of AWS's services that is served here.
 *
 * @param name its name in the credential scope of a signature: {@code ec2}
 * @param protocol how it writes requests, answers and errors
 * @param namespace the XML namespace of its answers
 * @param homes regions for which its requests may be signed, besides the controller's own
 * @param temporaryKeys whether it takes requests that are signed with temporary keys
 * @param errors where it names an error unlike the other services of its protocol
 * @param badValues what it calls a value that is none, InvalidParameterValue aside, as {@link ActionGroup.BadValue} says
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
     * The same with the names that nouns declare for values that are none, which go over the service's own.
     *
     * @throws IllegalStateException when a parameter has two
     */
    AwsService with(Stream<ActionGroup.BadValue> more) {
        var declared = new HashMap<String, ErrorCode>();
        more.forEach(bad -> {
            for (var parameter : bad.of()) {
                if (declared.put(parameter, bad.is()) != null) {
                    throw new IllegalStateException(parameter + " has two names for a value that is none");
                }
            }
        });
        var all = new HashMap<>(badValues);
        all.putAll(declared);
        return new AwsService(name, protocol, namespace, homes, temporaryKeys, errors, all);
    }

    /**
     * What a client reads of an error.
     *
     * @param status the HTTP status
     * @param reason what it says of itself beside its name, in protocols that have a place for that; empty for nothing
     */
    public record ErrorName(int status, String code, String reason) {
        public ErrorName(int status, String code) {
            this(status, code, "");
        }
    }
}
