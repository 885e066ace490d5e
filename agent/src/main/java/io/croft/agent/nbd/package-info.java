/**
 * The network block device protocol, by which QEMU lets a volume's bytes be read and written whatever format they are in: a client, and {@code qemu-nbd} as the server of one image to one client on a socket that only
 * this host's root may open.
 *
 * <p>Holds no state. A server ends with its client, and with the agent, however that ends; reading changes nothing, and what was written twice is as if written once.
 *
 * @see <a href="https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md">The NBD protocol</a>
 */
@NullMarked
package io.croft.agent.nbd;

import org.jspecify.annotations.NullMarked;
