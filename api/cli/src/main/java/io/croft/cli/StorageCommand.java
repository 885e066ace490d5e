package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.StoragePoolResource;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code croft storage}. */
@Command(name = "storage", subcommands = StorageCommand.Pool.class, description = "Where the hosts keep volumes.")
final class StorageCommand {
    private StorageCommand() {}

    /** {@code croft storage pool}. */
    @Command(
            name = "pool",
            addMethodSubcommands = true,
            description =
                    "The hosts' storage pools. A host adds one by its own settings: croft.storage.lvm.volume-group in its /etc/croft/agent.yaml, then restart its agent.")
    static final class Pool {
        private static final long GIB = 1L << 30;
        private static final List<Field<StoragePoolResource>> ROW = List.of(
                new Field<>("HOST", StoragePoolResource::hostName),
                new Field<>("BACKEND", StoragePoolResource::backend),
                new Field<>("STATE", StoragePoolResource::state),
                new Field<>("GIB", p -> p.totalBytes() / GIB),
                new Field<>("FREE", p -> p.freeBytes() / GIB),
                new Field<>("PROMISED", p -> gib(p.provisionedBytes()) + " of " + p.promisableBytes() / GIB),
                new Field<>("DATA", p -> percent(p.dataPercent())),
                new Field<>("METADATA", p -> percent(p.metadataPercent())));
        private static final List<Field<StoragePoolResource>> WHOLE = Stream.concat(
                        ROW.stream(),
                        List.<Field<StoragePoolResource>>of(
                                new Field<>("HOST ID", StoragePoolResource::host),
                                new Field<>("ZONE", StoragePoolResource::zone),
                                new Field<>("DRAINED", StoragePoolResource::drained))
                                .stream())
                .toList();

        private static String gib(@Nullable Long bytes) {
            return bytes == null ? "?" : Long.toString(bytes / GIB);
        }

        private static String percent(@Nullable Double percent) {
            return percent == null ? "" : String.format(Locale.ROOT, "%.1f %%", percent);
        }

        @Command(name = "list", description = "Lists the pools of all hosts, with what is taken of each.")
        void list(@Mixin Session session) {
            session.list(session.client().storagePools(), ROW);
        }

        @Command(name = "show", description = "Shows one pool.")
        void show(
                @Mixin Session session,
                @Parameters(paramLabel = "HOST", description = "Its host's id or name.") String host,
                @Parameters(paramLabel = "BACKEND", description = "Its storage driver, such as lvm.") String backend) {
            var client = session.client();
            session.show(client.storagePool(HostCommand.id(client, host), backend), WHOLE);
        }

        @Command(name = "drain", description = "Lets it take no new volumes; what is in it stays and goes on.")
        void drain(
                @Mixin Session session,
                @Option(names = "--reason", required = true, description = "Why; for whoever looks at it later.")
                        String reason,
                @Parameters(paramLabel = "HOST", description = "Its host's id or name.") String host,
                @Parameters(paramLabel = "BACKEND", description = "Its storage driver, such as lvm.") String backend) {
            var client = session.client();
            session.show(client.drain(HostCommand.id(client, host), backend, reason), WHOLE);
        }

        @Command(name = "undrain", description = "Lets it take volumes again.")
        void undrain(
                @Mixin Session session,
                @Parameters(paramLabel = "HOST", description = "Its host's id or name.") String host,
                @Parameters(paramLabel = "BACKEND", description = "Its storage driver, such as lvm.") String backend) {
            var client = session.client();
            session.show(client.undrain(HostCommand.id(client, host), backend), WHOLE);
        }
    }
}
