/** A Java client of both REST APIs; blocking, without state beyond its address and token. */
@NullMarked
package io.croft.client;

import org.jspecify.annotations.NullMarked;
