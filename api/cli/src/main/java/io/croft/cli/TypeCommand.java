package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.InstanceTypeResource;
import io.croft.rest.NewInstanceType;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code croft type}. */
@Command(
        name = "type",
        addMethodSubcommands = false,
        description = "The sizes that instances come in: EC2's own and yours.")
final class TypeCommand {
    private static final List<Field<InstanceTypeResource>> FIELDS = List.of(
            new Field<>("NAME", InstanceTypeResource::name),
            new Field<>("VCPUS", InstanceTypeResource::vcpus),
            new Field<>("MEMORY", t -> t.memoryMib() + " MiB"),
            new Field<>("ARCHITECTURE", TypeCommand::architectures),
            new Field<>("INTERFACES", InstanceTypeResource::maxInterfaces),
            new Field<>("OF", t -> t.builtIn() ? "EC2" : "operator"));

    private static String architectures(InstanceTypeResource type) {
        return type.architectures() == null ? type.architecture() : String.join(", ", type.architectures());
    }

    @Command(name = "list", description = "Lists the instance types.")
    void list(@Mixin Session session) {
        session.list(session.client().instanceTypes(), FIELDS);
    }

    @Command(name = "add", description = "Adds a type of your own, or changes one; instances keep what they have.")
    void add(
            @Mixin Session session,
            @Parameters(paramLabel = "NAME", description = "Such as lab.tiny.") String name,
            @Option(names = "--vcpus", required = true, description = "Virtual CPUs.") int vcpus,
            @Option(names = "--memory-mib", required = true, description = "Memory in MiB.") int memoryMib,
            @Option(names = "--threads-per-core", defaultValue = "1", description = "${DEFAULT-VALUE} unless given.")
                    int threads,
            @Option(names = "--architecture", defaultValue = "x86_64", description = "x86_64 or arm64.")
                    String architecture,
            @Option(names = "--interfaces", defaultValue = "2", description = "Network interfaces at most.")
                    int interfaces) {
        var type = new NewInstanceType(vcpus, threads, memoryMib, architecture, false, interfaces);
        session.show(session.client().defineInstanceType(name, type), FIELDS);
    }

    @Command(name = "remove", description = "Removes a type of your own that no instance has.")
    void remove(@Mixin Session session, @Parameters(paramLabel = "NAME", description = "The type.") String name) {
        session.client().removeInstanceType(name);
        session.done("Instance type " + name + " is removed.");
    }
}
