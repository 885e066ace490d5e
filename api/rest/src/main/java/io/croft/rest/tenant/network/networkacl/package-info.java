/** The records of network ACLs, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.network.networkacl;

import org.jspecify.annotations.NullMarked;
