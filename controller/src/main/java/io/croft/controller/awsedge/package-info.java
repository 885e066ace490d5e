/**
 * What every AWS edge shares: the endpoint at {@code /}, and the dispatch to the actions that the edges' modules declare over the AWS SDK's own request and response classes. A
 * protocol is a folder of its own that the dispatch knows by {@link io.croft.controller.awsedge.AwsProtocol} alone.
 *
 * <p>Holds the conventions of every action in one place: unknown is refused by name, an empty text is not the same as none, dry runs change nothing, errors and request ids have one form, each account
 * has its share of requests. Owns no stored state; a request that is cut off did what its transaction did. The same request sent twice is told apart by the
 * domains' client tokens, not here.
 */
@ApplicationModule(allowedDependencies = {"edge", "context", "recovery", "identity"})
@NullMarked
package io.croft.controller.awsedge;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
