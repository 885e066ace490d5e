/** The records of the tenant and admin REST APIs, as they go over the wire. */
@NullMarked
package io.croft.rest;

import org.jspecify.annotations.NullMarked;
