package io.croft.controller.network.vpc;

import io.croft.controller.context.CroftProperties;
import io.croft.types.Cidr;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What no VPC can have: this machine, links, multicast and what is behind it, as in EC2; the routers' ways out, a block that EC2 reserves, too; and the pool of public addresses, which would be
 * unreachable from a VPC that had them inside.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html">VPC CIDR blocks</a>
 */
@Component
class ReservedBlocks {
    private final List<Cidr> blocks;

    ReservedBlocks(CroftProperties properties) {
        blocks = Stream.of(
                        "0.0.0.0/8",
                        "127.0.0.0/8",
                        "169.254.0.0/16",
                        "198.19.0.0/16",
                        "224.0.0.0/3",
                        properties.publicPool())
                .map(Cidr::new)
                .toList();
    }

    boolean overlap(Cidr cidr) {
        return blocks.stream().anyMatch(cidr::overlaps);
    }
}
