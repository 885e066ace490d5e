package io.croft.controller.network.vpc;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.CroftProperties;
import io.croft.types.Cidr;
import io.croft.types.ErrorCode;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The zone of public names for the operator's own name servers: every address of the pool has one, whether an instance has it now or not, so the zone changes only with the
 * pool and the domain.
 *
 * @param domain the zone's name, as {@code compute.croft.internal}
 * @param nameServer the name server that its SOA and NS records name
 * @param contact the mailbox of who looks after it, as {@code hostmaster@example.com}
 * @param ttlSeconds how long resolvers may keep what they were told
 * @param serial of the SOA record; secondaries take a zone with a greater one (RFC 1982)
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-5">RFC 1035, Master Files</a>
 */
public record PublicZone(String domain, Cidr pool, String nameServer, String contact, int ttlSeconds, long serial) {
    private static final int WEEK = 604_800;

    /** More would be a file of some 50 MB and more, which no name server is to be given as text. */
    private static final long MOST = 1L << 20;

    /** What a mailbox's local part may hold besides dots without quotes (RFC 5322, atext), but for what master files give a meaning to. */
    private static final Pattern LOCAL_PART =
            Pattern.compile("[A-Za-z0-9!#%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#%&'*+/=?^_`{|}~-]+)*");

    /**
     * Checks what the operator says.
     *
     * @throws CloudException InvalidParameterValue for what is no name, no mailbox or no time to live, for a name server within the zone, which has no address for it, and for a pool
     *     of more than 1,048,576 addresses
     */
    public PublicZone {
        if (!DnsNames.wellFormed(nameServer)) {
            throw invalid("The name server '" + nameServer + "' is not a domain name");
        }
        if (("." + absolute(nameServer).toLowerCase(Locale.ROOT)).endsWith("." + domain + ".")) {
            throw invalid("The name server '" + nameServer + "' is a name in the zone " + domain
                    + ", which has nothing but public addresses' names: give it one outside");
        }
        if (pool.size().compareTo(BigInteger.valueOf(MOST)) > 0) {
            throw invalid("The pool " + pool + " has more addresses than the " + MOST + " that a zone is written for");
        }
        var at = contact.lastIndexOf('@');
        if (at < 0
                || !LOCAL_PART.matcher(contact.substring(0, at)).matches()
                || !DnsNames.wellFormed(contact.substring(at + 1))) {
            throw invalid("The contact '" + contact + "' is not a mailbox such as hostmaster@example.com");
        }
        if (ttlSeconds < 0 || ttlSeconds > WEEK) {
            throw invalid("The time to live " + ttlSeconds + " is not from 0 to " + WEEK + " seconds");
        }
    }

    private static CloudException invalid(String message) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }

    /** The zone as a master file; its first line says so where the operator has set no domain. */
    public String text() {
        return note()
                + """
                $ORIGIN %1$s.
                $TTL %2$d
                @ IN SOA %3$s %4$s %5$d 3600 600 604800 %2$d
                @ IN NS %3$s
                """.formatted(domain, ttlSeconds, absolute(nameServer), mailbox(), serial & 0xffffffffL)
                + LongStream.range(0, pool.size().longValueExact())
                        .mapToObj(pool::address)
                        .map(address -> DnsNames.label(address) + " IN A " + address + "\n")
                        .collect(Collectors.joining());
    }

    private String note() {
        return domain.equals(CroftProperties.OWN_PUBLIC_DOMAIN)
                ? "; croft.public-domain is not set: this is its default, which only name servers that you give it know\n"
                : "";
    }

    /** Its first label is the local part, dots and all, so those are escaped, and so is what would begin a comment or a name of the origin's. */
    private String mailbox() {
        var at = contact.lastIndexOf('@');
        return contact.substring(0, at).replace(".", "\\.") + "." + absolute(contact.substring(at + 1));
    }

    private static String absolute(String name) {
        return name.endsWith(".") ? name : name + ".";
    }
}
