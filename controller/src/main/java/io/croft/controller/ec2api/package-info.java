/**
 * EC2's API over the modules: a class per noun, a method per action, and the renderings of what they answer.
 *
 * <p>Owns no state and no rule of the domain: it reads a request, calls one use case, writes the answer. What makes a repeated or interrupted request safe is the
 * use case's one transaction and its client token.
 *
 * <p>Each folder is a module of its own, named as the folder of the domain that it speaks for.
 */
@NullMarked
package io.croft.controller.ec2api;

import org.jspecify.annotations.NullMarked;
