@NullMarked
package io.croft.controller.restore;

import org.jspecify.annotations.NullMarked;
