/**
 * Volumes on this host: the interface, its records and, below it, the drivers {@code .file}, {@code .lvm} and {@code .sim}.
 *
 * <p>Every verb may be repeated. A volume appears under its name only when it is whole, so a creation cut in half leaves nothing that counts as one.
 */
@NullMarked
package io.croft.agent.storage;

import org.jspecify.annotations.NullMarked;
