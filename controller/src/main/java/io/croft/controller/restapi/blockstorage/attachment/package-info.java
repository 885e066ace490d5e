/** The tenants' routes that attach volumes to instances. Owns nothing: see {@code restapi}. */
@ApplicationModule(
        allowedDependencies = {
            "blockstorage.attachment",
            "blockstorage.volume",
            "context",
            "restapi.blockstorage.volume"
        })
@NullMarked
package io.croft.controller.restapi.blockstorage.attachment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
