package io.croft.controller.awsedge;

import io.croft.controller.context.CloudException;
import io.croft.controller.edge.RawRequest;
import software.amazon.awssdk.core.SdkPojo;

/**
 * How one of AWS's protocols writes requests, answers and errors. Which one a request speaks follows from the service that it is signed for ({@link AwsService}), never
 * from what it looks like. Keeps nothing.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/index.html">AWS protocols</a>
 */
public interface AwsProtocol {
    /**
     * Does nothing unless the body cannot be one of this protocol's, whoever sent it: asked before anybody is proved.
     *
     * @throws CloudException that says why
     */
    void requireReadable(RawRequest request);

    /**
     * Takes a request apart as far as that goes before its action is known.
     *
     * @throws CloudException when it is not of this protocol, or names no action or several
     */
    Envelope open(RawRequest request);

    /** Writes the answer of {@code service}'s {@code action}. */
    Content write(AwsService service, String action, SdkPojo response, String requestId);

    /** What its services call a request that proves nothing. */
    CloudException unproved(CloudException refused);

    /** How its clients read an error. */
    ErrorForm errors();
}
