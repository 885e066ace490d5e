package io.croft.rest.tenant.identity;

/**
 * Who sends the request.
 *
 * @param account the account whose resources exist for it
 * @param userId the id of the user who holds the token or the key
 * @param userName unique in the account
 * @param arn the name that AWS's services know the user by
 * @param role {@code reader}, {@code admin} or {@code operator}
 */
public record CallerIdentity(String account, String userId, String userName, String arn, String role) {}
