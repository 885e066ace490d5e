package io.croft.controller.ec2api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Terraform with AWS's provider, from a mirror on this machine: nothing is fetched, nobody but the controller is called.
 *
 * @param folder of the configuration, its state and its settings
 * @param tenant whose keys it works with
 * @param variables of the configuration, besides the endpoint
 */
record Terraform(Path folder, Tenant tenant, Map<String, String> variables) {
    /** The one that the provider's calls in this project's pages were recorded from. */
    private static final String PROVIDER = "registry.terraform.io/hashicorp/aws/5.100.0";

    /** Where to look for a mirror before the usual places. */
    private static final String MIRROR_SETTING = "CROFT_TEST_TERRAFORM_MIRROR";

    private static final List<String> MIRRORS = List.of(
            "/opt/tf-plugins",
            "/usr/local/share/terraform/plugins",
            "/usr/share/terraform/plugins",
            System.getProperty("user.home") + "/.terraform.d/plugins",
            System.getProperty("user.home") + "/.local/share/terraform/plugins");

    private static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(d -> Path.of(d, "terraform"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> mirror() {
        return Stream.concat(Stream.ofNullable(System.getenv(MIRROR_SETTING)), MIRRORS.stream())
                .map(Path::of)
                .filter(d -> Files.isDirectory(d.resolve(PROVIDER)))
                .findFirst();
    }

    /** What is missing on this machine; empty when nothing is. */
    static Optional<String> missing() {
        if (program().isEmpty()) {
            return Optional.of("there is no terraform");
        }
        return mirror().isPresent()
                ? Optional.empty()
                : Optional.of("there is no mirror with " + PROVIDER + ": " + MIRROR_SETTING + " says where one is");
    }

    /** Makes the folder ready for the configuration that it holds. */
    void init() throws IOException {
        Files.writeString(folder.resolve("terraform.rc"), """
                disable_checkpoint = true
                provider_installation {
                  filesystem_mirror {
                    path = "%s"
                  }
                }
                """.formatted(mirror().orElseThrow()));
        succeed("init", "-input=false");
    }

    void apply(String... arguments) {
        succeed(words("apply", List.of("-auto-approve"), arguments));
    }

    void destroy(String... arguments) {
        succeed(words("destroy", List.of("-auto-approve"), arguments));
    }

    /** Fails, with the plan, unless there is nothing left to do. */
    void assertSettled(String... arguments) {
        var ended = run(words("plan", List.of("-detailed-exitcode"), arguments));
        assertThat(ended.status()).as(ended.output() + ended.errors()).isZero();
    }

    String output(String name) {
        return succeed("output", "-raw", name);
    }

    private String[] words(String verb, List<String> own, String... arguments) {
        var words = new ArrayList<>(List.of(verb, "-input=false"));
        words.addAll(own);
        words.add("-var=endpoint=" + tenant.endpoint());
        variables.forEach((name, value) -> words.add("-var=" + name + "=" + value));
        words.addAll(List.of(arguments));
        return words.toArray(String[]::new);
    }

    private String succeed(String... arguments) {
        var ended = run(arguments);
        assertThat(ended.status())
                .as(String.join(" ", arguments) + "\n" + ended.output() + ended.errors())
                .isZero();
        return ended.output();
    }

    private ClientProcess.Ended run(String... arguments) {
        var command = new ArrayList<>(List.of(
                "env",
                "TF_CLI_CONFIG_FILE=" + folder.resolve("terraform.rc"),
                "TF_IN_AUTOMATION=1",
                "CHECKPOINT_DISABLE=1",
                program().orElseThrow().toString(),
                "-chdir=" + folder,
                arguments[0],
                "-no-color"));
        command.addAll(List.of(arguments).subList(1, arguments.length));
        return ClientProcess.run(tenant.key.id(), tenant.key.secret(), command);
    }
}
