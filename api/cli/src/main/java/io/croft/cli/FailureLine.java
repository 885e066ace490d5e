package io.croft.cli;

import io.croft.client.CroftException;
import io.croft.client.IoFailure;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells a failure in one line on stderr, with what to do about it, and ends with its code. What is no failure of the command but a bug keeps its stack trace. */
final class FailureLine implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private record Kind(int exitCode, String remedy) {}

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        return switch (failure) {
            case CroftException refused -> {
                var kind = kind(refused, command);
                yield tell(command, refused.code() + ": " + refused.getMessage() + kind.remedy(), kind.exitCode());
            }
            case WaitedTooLong late -> tell(command, String.valueOf(late.getMessage()), ExitCode.TIMEOUT);
            case CommandFailed failed -> tell(command, String.valueOf(failed.getMessage()), ExitCode.FAILED);
            case NoSuchFileException absent -> tell(command, IoFailure.clause(absent), ExitCode.NOT_FOUND);
            case IOException unreadable -> tell(command, IoFailure.clause(unreadable), ExitCode.FAILED);
            default -> throw failure;
        };
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        var command = failure.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        return tell(command, failure.getMessage() + ". See: " + name + " --help", ExitCode.USAGE);
    }

    private static Kind kind(CroftException refused, CommandLine command) {
        if (refused.code().equals(CroftException.UNREACHABLE)) {
            return new Kind(ExitCode.UNREACHABLE, ". Is the controller up? CROFT_URL or --url says where it is");
        }
        return switch (refused.status()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                new Kind(
                        ExitCode.DENIED,
                        ". CROFT_TOKEN is to be the line in operator.token in the controller's state directory");
            case HttpURLConnection.HTTP_FORBIDDEN -> new Kind(ExitCode.DENIED, ". It takes an operator's token");
            case HttpURLConnection.HTTP_CONFLICT -> new Kind(ExitCode.CONFLICT, "");
            default ->
                refused.code().endsWith("NotFound")
                        ? new Kind(ExitCode.NOT_FOUND, listing(command))
                        : new Kind(ExitCode.FAILED, "");
        };
    }

    /** The command that lists what there is of the noun. */
    private static String listing(CommandLine command) {
        var noun = command.getParent();
        return noun == null || !noun.getSubcommands().containsKey("list")
                ? ""
                : ". See what there is: " + noun.getCommandSpec().qualifiedName() + " list";
    }

    private static int tell(CommandLine command, String sentence, int exitCode) {
        command.getErr().println("croft: " + sentence.replace('\n', ' '));
        return exitCode;
    }
}
