/**
 * Elastic addresses: an account's own of the public pool, which move from interface to interface.
 *
 * <p>Owns the tables {@code elastic_ip} and {@code elastic_ip_association}: where each is to be. Where it is, {@code public_address} says: a move takes it from the interface that has it and gives it to the
 * next one only in the transaction that takes in that the former's host answers for it no more. So two hosts never answer for one, and cut in half it is on its way.
 */
@ApplicationModule(
        allowedDependencies = {
            "context",
            "fleet",
            "history",
            "identity",
            "network.address",
            "network.eni",
            "network.internetgateway",
            "quota",
            "recovery",
            "tags"
        })
@NullMarked
package io.croft.controller.network.elasticip;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
