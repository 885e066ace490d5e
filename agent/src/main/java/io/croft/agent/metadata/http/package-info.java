/**
 * The metadata service over HTTP: one listener per VPC inside its router namespace, on {@code 169.254.169.254:80}. Who asks is told by the source address, which the firewall vouches for.
 *
 * <p>Keeps nothing but its listeners and a key for tokens, all of which end with the agent; a guest whose token ended asks for another one.
 */
@NullMarked
package io.croft.agent.metadata.http;

import org.jspecify.annotations.NullMarked;
