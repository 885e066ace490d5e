/**
 * Key pairs: public keys that instances let in, drawn here or brought by their owners. A private key is answered once and never kept.
 *
 * <p>Owns the table {@code key_pair}. Each use case is one transaction; a name is unique in its account by a constraint, so of two that take it one is refused.
 * Instances keep their own copy of the public key and outlive the pair.
 */
@ApplicationModule(allowedDependencies = {"context", "tags", "identity"})
@NullMarked
package io.croft.controller.keypair;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
