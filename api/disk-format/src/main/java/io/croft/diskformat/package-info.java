/**
 * What the first bytes of a disk file say, so that a hostile one is known before any program opens it.
 *
 * <p>Shared by the CLI, which looks before it converts, and the controller, which lets nothing else become an image. Reads the beginning of one file, follows no
 * name that it finds there, starts nothing.
 */
@NullMarked
package io.croft.diskformat;

import org.jspecify.annotations.NullMarked;
