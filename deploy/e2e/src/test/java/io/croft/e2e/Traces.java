package io.croft.e2e;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;

/** What a running instance has on its host: the lines that name it, with the names taken out, are the same for every instance that was asked for alike. */
final class Traces {
    /** A port's place in the tree of chains follows from its name. */
    private static final Pattern PLACE = Pattern.compile("(?<=CFT-(?:IN|OUT))-[0-9a-f]\\b");

    private static final Pattern GENERATION = Pattern.compile("(?<=\\*)-g[0-9]+");

    private final List<Pattern> patterns;
    private final Set<String> lines;

    /**
     * @param untouched instances that run undisturbed, all asked for alike
     * @param hosts as they are with these
     */
    Traces(List<Instance> untouched, List<HostState> hosts) {
        this.patterns = untouched.stream().map(Traces::names).toList();
        this.lines = patterns.isEmpty() ? Set.of() : of(patterns.getFirst(), hosts);
    }

    /** Whether the line names none of the untouched, nor their place among the chains. */
    boolean ofNone(String line) {
        return !PLACE.matcher(line).find()
                && patterns.stream().noneMatch(p -> p.matcher(line).find());
    }

    /** What the instance has and should not, and the other way round, one sentence each. */
    List<String> wrong(Instance instance, List<HostState> hosts) {
        Set<String> has = of(names(instance), hosts);
        String id = instance.instanceId();
        return Stream.concat(
                        lines.stream().filter(l -> !has.contains(l)).map(l -> id + " lacks: " + l),
                        has.stream().filter(l -> !lines.contains(l)).map(l -> id + " has: " + l))
                .toList();
    }

    private static Set<String> of(Pattern names, List<HostState> hosts) {
        return hosts.stream()
                .flatMap(h -> h.lines().stream())
                .filter(l -> !l.contains("qemu-system-") && !l.startsWith("nft-rule elements"))
                .map(names::matcher)
                .filter(Matcher::find)
                .map(m -> PLACE.matcher(m.replaceAll("*")).replaceAll(""))
                .map(l -> GENERATION.matcher(l).replaceAll(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How the interface's tap is named; its chains have its whole id. */
    private static String linkHash(String networkInterface) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(networkInterface.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Pattern names(Instance instance) {
        InstanceNetworkInterface nic = instance.networkInterfaces().getFirst();
        return Pattern.compile(Stream.of(
                        instance.instanceId(),
                        instance.blockDeviceMappings().getFirst().ebs().volumeId(),
                        nic.networkInterfaceId(),
                        linkHash(nic.networkInterfaceId()),
                        nic.networkInterfaceId().substring("eni-".length()),
                        nic.macAddress(),
                        nic.privateIpAddress(),
                        instance.publicIpAddress())
                .map(name -> "(?<![0-9])" + Pattern.quote(name) + "(?![0-9])")
                .collect(Collectors.joining("|")));
    }
}
