@NullMarked
package io.croft.controller.recovery;

import org.jspecify.annotations.NullMarked;
