package io.croft.agent.network.linux;

import io.croft.types.ResourceId;
import io.croft.types.ResourceType;
import io.croft.types.VpcId;
import java.util.Optional;

/** What a link's alias says: the VPC, and what of it the link belongs to ({@code vpc-.../subnet-...}, {@code vpc-.../eni-...}, {@code vpc-.../<number of its way out>}). */
record LinkAlias(VpcId vpc, String part) {
    static LinkAlias of(VpcId vpc, ResourceId part) {
        return new LinkAlias(vpc, part.value());
    }

    /** Empty when the alias is none of ours, as that of a link whose making was cut short. */
    static Optional<LinkAlias> parse(String alias) {
        var slash = alias.indexOf('/');
        if (slash < 0 || !ResourceId.wellFormed(ResourceType.VPC, alias.substring(0, slash))) {
            return Optional.empty();
        }
        return Optional.of(new LinkAlias(new VpcId(alias.substring(0, slash)), alias.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return vpc + "/" + part;
    }
}
