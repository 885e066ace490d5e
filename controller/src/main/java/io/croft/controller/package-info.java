/** The controller; each direct sub-package is a module, and only what stands in a module's own package is for the others. */
@NullMarked
package io.croft.controller;

import org.jspecify.annotations.NullMarked;
