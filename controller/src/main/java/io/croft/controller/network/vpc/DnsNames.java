package io.croft.controller.network.vpc;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.CroftProperties;
import io.croft.types.Cidr;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * The names of interfaces: those of private addresses hold inside their VPC, those of public ones everywhere that the operator's name servers know them.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html">DNS attributes for your VPC</a>
 */
@Component
public final class DnsNames {
    /** At most 253 characters (RFC 1035), and 21 of them are for {@code ec2-A-B-C-D.}. */
    private static final int LONGEST = 232;

    private static final Pattern NAME = Pattern.compile(
            "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.?", Pattern.CASE_INSENSITIVE);

    private final String domain;
    private final String publicDomain;
    private final Cidr pool;

    DnsNames(CroftProperties properties) {
        var region = properties.region();
        this.domain = region.equals("us-east-1") ? "ec2.internal" : region + ".compute.internal";
        this.publicDomain = publicDomain(properties.publicDomain());
        this.pool = new Cidr(properties.publicPool());
    }

    private String publicDomain(String setting) {
        if (!wellFormed(setting) || setting.length() > LONGEST) {
            throw new IllegalArgumentException("croft.public-domain '" + setting + "' is not a domain name");
        }
        var name =
                (setting.endsWith(".") ? setting.substring(0, setting.length() - 1) : setting).toLowerCase(Locale.ROOT);
        if (name.equals(domain) || name.endsWith("." + domain) || domain.endsWith("." + name)) {
            throw new IllegalArgumentException(
                    "croft.public-domain '" + setting + "' overlaps " + domain + ", the domain of private names");
        }
        return name;
    }

    /** Whether it is a host's name, absolute or not. */
    static boolean wellFormed(String name) {
        return name.length() <= 254 && NAME.matcher(name).matches();
    }

    /** The domain of the names of public addresses: {@code compute.croft.internal}. */
    public String publicDomain() {
        return publicDomain;
    }

    /** The name of a public IPv4 address: {@code ec2-198-18-0-5.compute.croft.internal}. */
    public String ofPublic(String address) {
        return label(address) + "." + publicDomain;
    }

    /**
     * The zone of the names of public addresses.
     *
     * @throws CloudException InvalidParameterValue for what is no name, no mailbox or no time to live
     */
    public PublicZone zone(String nameServer, String contact, int ttlSeconds, Instant now) {
        return new PublicZone(publicDomain, pool, nameServer, contact, ttlSeconds, now.getEpochSecond());
    }

    static String label(String publicAddress) {
        return "ec2-" + publicAddress.replace('.', '-');
    }

    /** SQL for the name of the public address of the interface in {@code row}; empty, not null, where it has none. */
    public String publicName(String row) {
        return "coalesce((SELECT 'ec2-' || replace(" + row + ".public_address, '.', '-') || '." + publicDomain
                + "' FROM vpc WHERE vpc.id = " + row + ".vpc AND vpc.dns_support AND vpc.dns_hostnames), '')";
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
