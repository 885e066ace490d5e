package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Playbooks of amazon.aws modules by the distribution's Ansible, unmodified: what they make, that a second run finds nothing to do, and the end of it all. Two minutes,
 * most of it between the modules' looks, which are fifteen seconds apart.
 */
@Tag("real")
@Tag("long")
class AnsibleE2E {
    private static final Pattern CHANGED = Pattern.compile(" changed=(\\d+) ");

    private final LabFixture fixture = new LabFixture();

    @TempDir
    Path home;

    private Path publicKey;

    @BeforeEach
    void key() throws IOException {
        publicKey = Files.writeString(home.resolve("key.pub"), "ssh-ed25519 " + fixture.publicKey() + "\n");
    }

    @AfterEach
    void nothingIsLeft() {
        fixture.close();
    }

    @Test
    void aPlaybookConvergesAndTheSecondRunChangesNothing() {
        assertThat(play("site.yml")).matches(output -> changed(output) > 3, "changes more than three things");
        assertThat(play("site.yml")).matches(output -> changed(output) == 0, "changes nothing");
        play("life.yml");
        assertThat(fixture.ec2.describeKeyPairs().keyPairs())
                .extracting(k -> k.keyName())
                .containsExactly("lab");
        assertThat(fixture.ec2.describeSecurityGroups().securityGroups())
                .extracting(g -> g.groupName())
                .containsExactly("default");
    }

    private static int changed(String output) {
        return CHANGED.matcher(output)
                .results()
                .map(MatchResult::group)
                .mapToInt(t -> Integer.parseInt(t.replaceAll("\\D", "")))
                .sum();
    }

    /** Its home is a directory of its own, so that nothing of this machine's configuration is read and nothing stays. */
    private String play(String book) {
        var line = new ArrayList<>(List.of("env", "HOME=" + home, "ANSIBLE_HOME=" + home, "ANSIBLE_NOCOLOR=1"));
        line.addAll(List.of("ANSIBLE_LOCALHOST_WARNING=false", "ANSIBLE_SSH_CONTROL_PATH_DIR=" + home));
        line.addAll(List.of("/usr/bin/ansible-playbook", resource(book).toString()));
        var given = List.of(
                "endpoint=" + fixture.environment.endpoint(),
                "account=" + fixture.environment.account(),
                "image_name=tiny",
                "public_key=" + publicKey,
                "private_key=" + fixture.environment.key());
        given.forEach(variable -> line.addAll(List.of("-e", variable)));
        return Command.of(line.toArray(String[]::new))
                .within(Duration.ofMinutes(8))
                .run()
                .require();
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(AnsibleE2E.class.getResource("ansible/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
