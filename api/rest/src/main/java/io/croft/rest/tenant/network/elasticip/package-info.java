/** The records of elastic addresses, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.network.elasticip;

import org.jspecify.annotations.NullMarked;
