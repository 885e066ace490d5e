/** The records of security groups and their rules, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.network.securitygroup;

import org.jspecify.annotations.NullMarked;
