/**
 * The metadata service over HTTP: one listener per VPC inside its router namespace, on {@code 169.254.169.254:80}. Who asks is told by the source address, which the firewall vouches for.
 *
 * <p>Keeps its listeners, which end with the agent, and a key, which does not: a guest's token holds over a restart.
 */
@NullMarked
package io.croft.agent.metadata.http;

import org.jspecify.annotations.NullMarked;
