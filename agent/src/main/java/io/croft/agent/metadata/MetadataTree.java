package io.croft.agent.metadata;

import io.croft.agent.metadata.MetadataCatalog.Guest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The paths below 169.254.169.254 for one instance. Every leaf that a listing names answers, with a slash behind it too; directories are listed with a
 * slash behind their names.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html">Access instance metadata</a>
 */
public final class MetadataTree {
    /** All that EC2 lists, in its order. Each has what the latest has, so a client finds whatever it knows of under the date it was written for. */
    private static final List<String> VERSIONS = List.of(
            "1.0",
            "2007-01-19",
            "2007-03-01",
            "2007-08-29",
            "2007-10-10",
            "2007-12-15",
            "2008-02-01",
            "2008-09-01",
            "2009-04-04",
            "2011-01-01",
            "2011-05-01",
            "2012-01-12",
            "2014-02-25",
            "2014-11-05",
            "2015-10-20",
            "2016-04-19",
            "2016-06-30",
            "2016-09-02",
            "2018-03-28",
            "2018-08-17",
            "2018-09-24",
            "2019-10-01",
            "2020-10-27",
            "2021-01-03",
            "2021-03-23",
            "2021-07-15",
            "2022-07-09",
            "2022-09-24",
            "2024-04-11",
            "latest");

    private static final String USER_DATA = "user-data";
    private static final String KEYS = "meta-data/public-keys/";

    private final Optional<byte[]> userData;
    private final SortedMap<String, String> leaves;
    private final String keyName;

    private MetadataTree(InstanceMetadata metadata) {
        this.userData = metadata.userData();
        this.leaves = metadata.all();
        this.keyName = metadata.keyName();
    }

    public static MetadataTree of(Guest guest) {
        return new MetadataTree(new InstanceMetadata(guest));
    }

    /** What stands at {@code path}, which starts with a slash; empty when nothing does. */
    public Optional<byte[]> read(String path) {
        if (path.equals("/")) {
            return text(VERSIONS);
        }
        var parts = path.substring(1).split("/", 2);
        if (!VERSIONS.contains(parts[0])) {
            return Optional.empty();
        }
        return below(parts.length == 1 ? "" : parts[1]);
    }

    private Optional<byte[]> below(String path) {
        if (path.isEmpty()) {
            return text(
                    userData.isPresent()
                            ? List.of("dynamic", "meta-data", USER_DATA)
                            : List.of("dynamic", "meta-data"));
        }
        var name = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (name.equals(USER_DATA)) {
            return userData;
        }
        var leaf = leaves.get(name);
        return leaf != null ? text(List.of(leaf)) : listing(name + "/");
    }

    private Optional<byte[]> listing(String directory) {
        if (directory.equals(KEYS)) {
            return keys();
        }
        var names = below(directory, leaves)
                .map(rest -> rest.indexOf('/') < 0 ? rest : rest.substring(0, rest.indexOf('/') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        return names.isEmpty() ? Optional.empty() : text(List.copyOf(names));
    }

    private static Stream<String> below(String directory, Map<String, String> leaves) {
        return leaves.keySet().stream()
                .filter(path -> path.startsWith(directory))
                .map(path -> path.substring(directory.length()));
    }

    /** Keys are listed with their names: {@code 0=laptop}. */
    private Optional<byte[]> keys() {
        return leaves.containsKey(KEYS + "0/openssh-key") ? text(List.of("0=" + keyName)) : Optional.empty();
    }

    private static Optional<byte[]> text(List<String> lines) {
        return Optional.of(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
}
