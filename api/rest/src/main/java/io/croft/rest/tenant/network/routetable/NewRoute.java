package io.croft.rest.tenant.network.routetable;

/**
 * A route, in place of one of the same destination if there is one.
 *
 * @param destination the addresses that it is for
 * @param target the id of the internet gateway that it leads to
 */
public record NewRoute(String destination, String target) {}
