/** The records of placement groups, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.compute.placementgroup;

import org.jspecify.annotations.NullMarked;
