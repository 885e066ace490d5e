/** The records of internet gateways, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.network.internetgateway;

import org.jspecify.annotations.NullMarked;
