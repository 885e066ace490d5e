/**
 * The tenants' REST edge, {@code /v1}: a class of routes for each noun over the same use cases as EC2's API.
 *
 * <p>Owns no state: each call is one use case of the module that owns the noun, and an operation ({@code Operations}) is read off the states and the history of its
 * instances. What makes a repeated request safe is the use case's one transaction and its client token, which a client sends as {@code Idempotency-Key}.
 *
 * <p>Each folder is a module of its own, named as the folder of the domain that it speaks for.
 */
@NullMarked
package io.croft.controller.restapi;

import org.jspecify.annotations.NullMarked;
