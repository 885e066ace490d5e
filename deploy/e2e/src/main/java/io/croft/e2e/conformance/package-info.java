/**
 * The same requests by three of AWS's own clients: the distribution's AWS CLI, its boto3, the AWS SDK for Java. The cases are data, {@code cases.json}: an
 * action, its parameters as AWS's model names them, and what is to be answered. Which conventions hold for an action follows from the action, so that a
 * case says nothing of them.
 */
@NullMarked
package io.croft.e2e.conformance;

import org.jspecify.annotations.NullMarked;
