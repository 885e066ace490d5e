/** The records of network interfaces, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.network.eni;

import org.jspecify.annotations.NullMarked;
