/** The records of launch templates, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.compute.launchtemplate;

import org.jspecify.annotations.NullMarked;
