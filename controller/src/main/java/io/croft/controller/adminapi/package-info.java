/**
 * The operator's REST edge, {@code /admin/v1}: accounts with their users, keys, tokens and quotas, hosts, images, instance types, every account's instances, the audit trail.
 *
 * <p>Owns nothing: each call is one use case of the module that owns the noun. A request without an operator's token ends in {@link io.croft.controller.adminapi.OperatorGate}, before any of them.
 */
@ApplicationModule(
        allowedDependencies = {
            "context",
            "audit",
            "history",
            "identity",
            "quota",
            "blobstore",
            "fleet",
            "doctor",
            "image",
            "compute",
            "network",
            "blockstorage",
            "awsedge"
        })
@NullMarked
package io.croft.controller.adminapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
