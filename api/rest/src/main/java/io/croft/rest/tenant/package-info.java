/**
 * The records of the tenants' REST API, {@code /v1}: what a resource is, and what is sent to make or change one. A field of a request that may be left out is nullable; a request with an
 * unknown field is refused.
 */
@NullMarked
package io.croft.rest.tenant;

import org.jspecify.annotations.NullMarked;
