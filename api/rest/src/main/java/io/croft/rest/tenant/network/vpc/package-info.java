/** The records of VPCs and subnets, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.network.vpc;

import org.jspecify.annotations.NullMarked;
