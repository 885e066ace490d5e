package io.croft.cli;

import io.croft.client.CroftException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/**
 * {@code croft}, the operator's command line. Exit codes: 0 done, 1 refused or unreachable (the reason is on stderr), 2 the command line is wrong.
 */
@Command(
        name = "croft",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Croft.Version.class,
        description = "Runs a private EC2: hosts, accounts, images and everybody's instances.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "CROFT_URL and CROFT_TOKEN say which controller, and that you may."},
        subcommands = {
            AccountCommand.class,
            KeyCommand.class,
            HostCommand.class,
            ImageCommand.class,
            InstanceCommand.class,
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

    static CommandLine commandLine() {
        return new CommandLine(new Croft()).setExecutionExceptionHandler((failure, command, _) -> {
            if (failure instanceof CroftException refused) {
                command.getErr().println("croft: " + refused.code() + ": " + refused.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
    }
}
