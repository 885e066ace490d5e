package io.croft.rest;

/**
 * An access key without its secret.
 *
 * @param user whose
 * @param role what requests signed with it may do
 * @param active whether they are taken
 */
public record AccessKeyResource(
        String accessKeyId, String account, String user, String role, boolean active, String created) {}
