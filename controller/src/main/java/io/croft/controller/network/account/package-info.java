/**
 * An account's network as a whole: its default VPC, what keeps the account from ending, and what a restore makes of it.
 *
 * <p>Owns no table; each of the three is one transaction over those of the rooms below.
 */
@ApplicationModule(
        allowedDependencies = {
            "context",
            "hostlink",
            "identity",
            "network.eni",
            "network.internetgateway",
            "network.networkacl",
            "network.onhost",
            "network.overlay",
            "network.routetable",
            "network.securitygroup",
            "network.vpc",
            "recovery",
            "tags"
        })
@NullMarked
package io.croft.controller.network.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
