/**
 * How much of what an account may have: limits with the operator's exceptions, and the check that every use case makes before it takes more.
 *
 * <p>Owns the tables {@code quota_account} and {@code quota_limit}. Use is not stored: it is the sum of the rows that the owning modules have
 * ({@link io.croft.controller.quota.UsageSource}), so it cannot drift from them, and what ends is given back by the transaction that ends it. A check locks the
 * account's row until its transaction ends; whoever takes more of the same account waits for it and then counts what it did. Cut in half, neither the
 * resource nor its use is there.
 */
@ApplicationModule(allowedDependencies = {"context", "identity"})
@NullMarked
package io.croft.controller.quota;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
