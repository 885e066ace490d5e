/**
 * What a disk file's header and tables say, so that a hostile, damaged or cut-off one is known before any program opens it.
 *
 * <p>Shared by the CLI, which looks before it converts, and the controller, which lets nothing else become an image. Reads one file, follows no name that it finds
 * there, starts nothing; each table is read once, in pieces, so that neither time nor memory is the file's to choose.
 */
@NullMarked
package io.croft.diskformat;

import org.jspecify.annotations.NullMarked;
