/**
 * Accounts and their users, access keys, API tokens and roles, and the one Authorizer.
 *
 * <p>Owns the tables {@code account}, {@code account_user}, {@code access_key}, {@code session} and {@code api_token}, and in the state directory the file {@code master.key}, under which the
 * secrets of access keys are encrypted, and {@code operator.token}. Both files are made at the first start, mode 0600, written aside and moved into
 * place; started again or cut in half, the files that are there win. An account's default resources are made by listeners of
 * {@link io.croft.controller.identity.AccountCreated} in the account's own transaction.
 *
 * <p>An account that is deleted takes no calls from the request on, and nothing is made of its any more; what it has is ended by the modules that have it ({@link
 * io.croft.controller.identity.AccountHoldings}), again and again until no host has anything of it, and then the rest goes with {@link io.croft.controller.identity.AccountDeleted} in one
 * transaction. Its row stays, so its number is never given again; and should a restore find a host that still has something of it, the deletion goes on
 * from there.
 *
 * <p>Temporary keys' secrets are kept nowhere. A session token is the record of one, sealed with AES-GCM under the master key for the temporary key's own id: it names the lasting
 * key it stands for, the temporary secret and the end. So nobody can make or change one without the master key, one does not open for another key's id, and a
 * token is taken without any row. The table {@code session} lists what was handed out, and ends one alone: a row that says so is looked for with each use. Every use asks for the lasting key afresh: its user's role is the session's, and a session ends with its time, with its lasting
 * key's use, with its user or with its account's, whichever is first. A nonce is drawn for each token, which is safe for
 * some four thousand million of them under one master key.
 */
@ApplicationModule(allowedDependencies = {"context", "history", "recovery"})
@NullMarked
package io.croft.controller.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
