/**
 * Accounts and their users, access keys, API tokens and roles, and the one Authorizer.
 *
 * <p>Owns the tables {@code account}, {@code account_user}, {@code access_key} and {@code api_token}, and in the state directory the file {@code master.key}, under which the
 * secrets of access keys are encrypted, and {@code operator.token}. Both files are made at the first start, mode 0600, written aside and moved into
 * place; started again or cut in half, the files that are there win. An account's default resources are made by listeners of
 * {@link io.croft.controller.identity.AccountCreated} in the account's own transaction.
 */
@ApplicationModule(allowedDependencies = {"context"})
@NullMarked
package io.croft.controller.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
