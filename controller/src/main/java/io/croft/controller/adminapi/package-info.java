/**
 * The operator's REST edge, {@code /admin/v1}: accounts with their users, keys, tokens and quotas, hosts, images, instance types, every account's instances, the audit trail, archives.
 *
 * <p>Owns nothing: each call is one use case of the module that owns the noun. A request without an operator's proof ends in {@code restedge}, before any of them.
 *
 * <p>Each folder is a module of its own, named as the folder of the domain that it speaks for.
 */
@NullMarked
package io.croft.controller.adminapi;

import org.jspecify.annotations.NullMarked;
