package io.croft.cli;

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
        footer = {"", "CROFT_URL and CROFT_TOKEN say which controller, and that you may."},
        subcommands = {
            AccountCommand.class,
            UserCommand.class,
            KeyCommand.class,
            TokenCommand.class,
            QuotaCommand.class,
            HostCommand.class,
            TypeCommand.class,
            ImageCommand.class,
            InstanceCommand.class,
            AuditCommand.class,
            ApiCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        })
public final class Croft {
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
        System.exit(commandLine().execute(args));
    }

    /** The whole command line, to be executed with arguments; it does not end the process. */
    public static CommandLine commandLine() {
        var failures = new FailureLine();
        return new CommandLine(new Croft())
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }
}
