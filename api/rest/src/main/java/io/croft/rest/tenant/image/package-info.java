/** The records of images, in the tenants' REST API. */
@NullMarked
package io.croft.rest.tenant.image;

import org.jspecify.annotations.NullMarked;
