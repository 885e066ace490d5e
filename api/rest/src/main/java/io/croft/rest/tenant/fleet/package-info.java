/** The records of the region and its zones, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.fleet;

import org.jspecify.annotations.NullMarked;
