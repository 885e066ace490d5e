package io.croft.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a host has, read with the system's own programs: one line per domain, disk, link, namespace, chain, rule, set, route and process.
 *
 * @param lines in no particular order; the first word is the kind of thing
 */
public record HostState(String host, Set<String> lines) {
    private static final Pattern RESOURCE = Pattern.compile("\\b(?:i|vol|eni)-[0-9a-f]{17}\\b");
    private static final String SCRIPT = script();

    public HostState {
        lines = Set.copyOf(lines);
    }

    /** As it is now. Needs a libvirtd that answers. */
    public static HostState of(Lab lab, String host) {
        String output = lab.script(host, SCRIPT).require();
        return new HostState(host, output.lines().filter(l -> !l.isBlank()).collect(Collectors.toUnmodifiableSet()));
    }

    /** All hosts, in order, looked at beside each other. */
    public static List<HostState> all(Lab lab) {
        return lab.hosts().parallelStream().map(host -> of(lab, host)).toList();
    }

    /** The names of the domains in a libvirt state such as {@code running}. */
    public Set<String> domains(String state) {
        String suffix = " " + state;
        return of("domain").stream()
                .filter(d -> d.endsWith(suffix))
                .map(d -> d.substring(0, d.length() - suffix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The ids of instances, volumes and interfaces that anything here names, each with a line that does. */
    public Map<String, String> resources() {
        Map<String, String> found = new TreeMap<>();
        for (String line : lines) {
            RESOURCE.matcher(line).results().map(MatchResult::group).forEach(id -> found.putIfAbsent(id, line));
        }
        return found;
    }

    /** What is here and was not there before, one sentence each. */
    public List<String> since(HostState before) {
        return lines.stream()
                .filter(l -> !before.lines.contains(l))
                .map(l -> host + " has: " + l)
                .sorted()
                .toList();
    }

    private Collection<String> of(String kind) {
        String prefix = kind + " ";
        return lines.stream()
                .filter(l -> l.startsWith(prefix))
                .map(l -> l.substring(prefix.length()))
                .toList();
    }

    private static String script() {
        try (InputStream in = HostState.class.getResourceAsStream("host-state.sh")) {
            if (in == null) {
                throw new IllegalStateException("host-state.sh is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
