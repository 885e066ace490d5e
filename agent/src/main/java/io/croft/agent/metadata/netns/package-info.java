/**
 * Network namespaces from Java: the one place besides the libvirt driver that calls the C library.
 *
 * <p>A thread that entered a namespace never does anything else afterwards: it ends, so no other work lands in the wrong network.
 */
@NullMarked
package io.croft.agent.metadata.netns;

import org.jspecify.annotations.NullMarked;
