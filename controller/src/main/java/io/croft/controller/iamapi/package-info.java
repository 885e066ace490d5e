/**
 * IAM's API as far as there is something behind it: an account's users, and their access keys.
 *
 * <p>Owns no state and no rule but one: everybody looks after their own keys, and an administrator after everybody's in the account. Temporary keys are not taken: they
 * could make lasting ones. Users have no paths, and
 * every access key is a user's: nobody signs as an account's root.
 */
@ApplicationModule(allowedDependencies = {"awsedge", "awsedge :: query", "context", "identity"})
@NullMarked
package io.croft.controller.iamapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
