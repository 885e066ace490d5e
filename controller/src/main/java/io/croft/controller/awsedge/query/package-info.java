/**
 * AWS's query protocols: forms in, XML out, both by walking the descriptions that the AWS SDK's own request and response classes carry of their members.
 *
 * <p>Owns no state: a request is read and an answer written from nothing but themselves.
 */
@NamedInterface("query")
@NullMarked
package io.croft.controller.awsedge.query;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
