package io.croft.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code croft completion}. */
@Command(
        name = "completion",
        description =
                "Prints a script that completes croft's command line in your shell: source <(croft completion bash)")
final class CompletionCommand implements Runnable {
    /** The shells that the script is for; it is the same in both. */
    enum Shell {
        bash,
        zsh
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
    private Shell shell;

    @Override
    public void run() {
        spec.commandLine().getOut().print(AutoComplete.bash("croft", Croft.whole()));
        spec.commandLine().getOut().flush();
    }
}
