/** The records of capacity reservations, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.compute.capacityreservation;

import org.jspecify.annotations.NullMarked;
