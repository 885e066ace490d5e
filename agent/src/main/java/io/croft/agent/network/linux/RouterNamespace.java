package io.croft.agent.network.linux;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.exec.ExecResult;
import io.croft.agent.network.NetworkException;
import io.croft.types.Cidr;
import io.croft.types.ResourceId;
import io.croft.types.ResourceType;
import io.croft.types.VpcId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The namespace of a VPC's router on this host. */
public record RouterNamespace(VpcId vpc) {
    private static final Path ROOT = Path.of("/run/netns");
    private static final String PREFIX = "croft-";
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** Its name for {@code ip netns}. */
    public String name() {
        return PREFIX + vpc;
    }

    /** The file that stands for it. */
    public Path path() {
        return ROOT.resolve(name());
    }

    public boolean exists() {
        return Files.exists(path());
    }

    /** The VPCs that have one. */
    static List<VpcId> all() {
        return VpcFiles.names(ROOT).stream()
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .filter(id -> ResourceId.wellFormed(ResourceType.VPC, id))
                .map(VpcId::new)
                .toList();
    }

    /** Runs a program of the host inside it. */
    ExecResult run(List<String> argv, String stdin) {
        var inside = new ArrayList<>(List.of("nsenter", "--net=" + path(), "--"));
        inside.addAll(argv);
        try {
            return Exec.run(inside, stdin, DEADLINE);
        } catch (ExecException e) {
            throw new NetworkException("cannot run " + argv.getFirst() + " in " + name(), e);
        }
    }

    ExecResult runOrThrow(List<String> argv, String stdin) {
        try {
            return run(argv, stdin).orThrow();
        } catch (ExecException e) {
            throw new NetworkException(argv.getFirst() + " failed in " + name(), e);
        }
    }

    /** The flows of an address of an interface end, those that are up already too. */
    void endFlows(String privateAddress, String publicAddress) {
        end("--orig-dst", publicAddress);
        end("--orig-src", privateAddress);
    }

    /** The flows that began in a block end. */
    void endFlows(Cidr block) {
        end("--orig-src", block.value());
    }

    private void end(String which, String of) {
        var result = run(List.of("conntrack", "-D", "-f", "ipv4", which, of), "");
        // 1: there was none.
        if (result.exit() > 1) {
            result.orThrow();
        }
    }
}
