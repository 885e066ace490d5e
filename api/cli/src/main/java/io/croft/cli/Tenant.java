package io.croft.cli;

import picocli.CommandLine.Option;

/** The option that says whose. */
final class Tenant {
    @Option(names = "--account", required = true, description = "The account's twelve digits.")
    private String account = "";

    String account() {
        return account;
    }
}
