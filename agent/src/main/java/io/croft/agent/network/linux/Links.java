package io.croft.agent.network.linux;

import io.croft.agent.network.LinkName;
import io.croft.agent.network.NetworkException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The links of the root namespace as the kernel shows them, without starting a process. */
final class Links {
    private static final int IFF_UP = 1;
    private static final Path ROOT = Path.of("/sys/class/net");

    private Links() {}

    static boolean exists(String name) {
        return Files.exists(ROOT.resolve(name));
    }

    /** Whether something is plugged in, such as a machine into its tap. A link that is down or gone carries nothing. */
    static boolean carries(String name) {
        try {
            return Files.readString(ROOT.resolve(name).resolve("carrier"))
                    .strip()
                    .equals("1");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a link is there and switched on, be there a carrier or not. */
    static boolean up(String name) {
        return exists(name) && (Integer.decode(shown(name, "flags")) & IFF_UP) != 0;
    }

    /** A line that the kernel shows of a link, such as {@code ifindex} or {@code address}. */
    static String shown(String name, String what) {
        try {
            return Files.readString(ROOT.resolve(name).resolve(what)).strip();
        } catch (IOException e) {
            throw new NetworkException("cannot look at the link " + name, e);
        }
    }

    /**
     * Makes sure that a link is not another's: a name has 8 digits of an id's hash, which two ids may have in common.
     *
     * @throws NetworkException when it is
     */
    static void requireOwn(String name, LinkAlias alias) {
        try {
            var there = exists(name) ? alias(ROOT.resolve(name)) : "";
            if (!there.isEmpty() && !there.equals(alias.toString())) {
                throw new NetworkException("the link " + name + " of " + alias + " is already " + there + "'s", null);
            }
        } catch (IOException e) {
            throw new NetworkException("cannot look at the link " + name, e);
        }
    }

    /** Our links that start with {@code prefix}, each with its alias; empty where it has none yet. */
    static Map<String, String> aliases(String prefix) {
        assert prefix.startsWith(LinkName.PREFIX);
        var found = new TreeMap<String, String>();
        try (DirectoryStream<Path> links = Files.newDirectoryStream(ROOT, prefix + "*")) {
            for (var link : links) {
                found.put(link.getFileName().toString(), alias(link));
            }
        } catch (IOException e) {
            throw new NetworkException("cannot list the links", e);
        }
        return found;
    }

    private static String alias(Path link) throws IOException {
        try {
            return Files.readString(link.resolve("ifalias")).strip();
        } catch (IOException e) {
            // A link may go while it is read.
            if (!Files.exists(link)) {
                return "";
            }
            throw e;
        }
    }
}
