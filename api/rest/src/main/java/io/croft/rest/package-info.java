/**
 * The records of the REST APIs as they go over the wire, as JSON. Ids are EC2's, moments ISO-8601, sizes bytes, durations ISO-8601.
 *
 * <p>An error is {@link io.croft.rest.Problem}, as {@code application/problem+json}.
 */
@NullMarked
package io.croft.rest;

import org.jspecify.annotations.NullMarked;
