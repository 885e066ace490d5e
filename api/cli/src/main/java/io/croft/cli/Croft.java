package io.croft.cli;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** {@code croft}, the operator's command line. */
@Command(
        name = "croft",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Croft.Version.class,
        description = "Runs a private EC2: hosts, accounts, images and everybody's instances.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:done",
            " 1:refused, or what was looked at is not well",
            " 2:the command line is wrong",
            " 3:there is no such thing",
            " 4:the token is not valid, or may not",
            " 5:the controller does not answer",
            " 6:it is taken or in use",
            " 7:--wait gave up"
        },
        footer = {"", "CROFT_URL and CROFT_TOKEN say which controller, and that you may."})
public final class Croft {
    private static final List<Class<?>> NOUNS = List.of(
            AccountCommand.class,
            UserCommand.class,
            KeyCommand.class,
            SessionCommand.class,
            TokenCommand.class,
            QuotaCommand.class,
            HostCommand.class,
            RestoreCommand.class,
            TypeCommand.class,
            ImageCommand.class,
            InstanceCommand.class,
            ReservationCommand.class,
            SnapshotCommand.class,
            StorageCommand.class,
            VolumeCommand.class,
            AuditCommand.class,
            BackupCommand.class,
            DoctorCommand.class,
            ApiCommand.class,
            DnsCommand.class,
            CompletionCommand.class,
            HelpCommand.class);

    private Croft() {}

    /** The version that the jar was built as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Croft.class.getPackage().getImplementationVersion();
            return new String[] {"croft " + (version == null ? "(not packaged)" : version)};
        }
    }

    public static void main(String[] args) {
        System.exit(commandLine(args).execute(args));
    }

    /**
     * The command line as far as these arguments need it: to read the verbs off every noun's class would take most of a start. It does not end the process.
     */
    public static CommandLine commandLine(String... args) {
        var nouns = args.length == 0
                ? NOUNS
                : NOUNS.stream().filter(noun -> name(noun).equals(args[0])).toList();
        return commandLine(nouns.isEmpty() ? NOUNS : nouns, List.of(args)::contains);
    }

    /** The command line with every command. */
    static CommandLine whole() {
        return commandLine(NOUNS, _ -> true);
    }

    /** @param wanted whether a noun, by its name, needs its verbs */
    private static CommandLine commandLine(List<Class<?>> nouns, Predicate<String> wanted) {
        var root = new CommandLine(new Croft());
        for (var noun : nouns) {
            var command = new CommandLine(noun);
            root.addSubcommand(command);
            if (wanted.test(name(noun))) {
                command.getCommandSpec().addMethodSubcommands(command.getFactory());
            }
        }
        root.registerConverter(Duration.class, new TimeSpan());
        var failures = new FailureLine();
        return root.setExecutionExceptionHandler(failures).setParameterExceptionHandler(failures);
    }

    private static String name(Class<?> noun) {
        return noun.getAnnotation(Command.class).name();
    }
}
