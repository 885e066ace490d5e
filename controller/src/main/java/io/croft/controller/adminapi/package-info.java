/**
 * The operator's REST edge, {@code /admin/v1}: accounts with their users, keys, tokens and quotas, hosts, images, instance types, every account's instances, the audit trail, archives.
 *
 * <p>Owns nothing: each call is one use case of the module that owns the noun. A request without an operator's proof ends in {@code restedge}, before any of them.
 */
@ApplicationModule(
        allowedDependencies = {
            "restedge",
            "context",
            "audit",
            "history",
            "identity",
            "quota",
            "backup",
            "blobstore",
            "fleet",
            "recovery",
            "restore",
            "doctor",
            "image",
            "instancetype",
            "compute",
            "network",
            "blockstorage",
            "awsedge"
        })
@NullMarked
package io.croft.controller.adminapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
