/**
 * AWS's REST-JSON: actions by method and path, parameters in the path, the query, headers and a JSON body, each where the AWS SDK's own request class says that it is.
 *
 * <p>Owns no state: a request is read and an answer written from nothing but themselves.
 */
@NamedInterface("restjson")
@NullMarked
package io.croft.controller.awsedge.restjson;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
