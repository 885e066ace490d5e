/**
 * Compute: launch specs lowest, launch templates, placement groups and instances on them, launches on top. A grouping only: each folder is a module of its own.
 */
@NullMarked
package io.croft.controller.compute;

import org.jspecify.annotations.NullMarked;
