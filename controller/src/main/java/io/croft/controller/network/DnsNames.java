package io.croft.controller.network;

import io.croft.controller.context.CroftProperties;
import org.springframework.stereotype.Component;

/**
 * The names of interfaces inside their VPC.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html">DNS attributes for your VPC</a>
 */
@Component
public final class DnsNames {
    private final String domain;

    DnsNames(CroftProperties properties) {
        var region = properties.region();
        this.domain = region.equals("us-east-1") ? "ec2.internal" : region + ".compute.internal";
    }

    /** The domain of all of them: {@code ec2.internal}. */
    public String domain() {
        return domain;
    }

    /** The name of a private IPv4 address: {@code ip-172-31-0-5.ec2.internal}. */
    public String ofPrivate(String address) {
        return "ip-" + address.replace('.', '-') + "." + domain;
    }
}
