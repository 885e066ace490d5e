package io.croft.controller.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.ModuleTest;
import io.croft.controller.blobstore.Blobs;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.Finding;
import io.croft.controller.context.Finding.Level;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.testing.TestAccounts;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What {@code croft doctor} says of images whose bytes were lost, and that what it advises helps. */
@ModuleTest
class ImageBlobCheckIT {
    @Autowired
    ImageBlobCheck check;

    @Autowired
    Images images;

    @Autowired
    Blobs blobs;

    @Autowired
    JdbcClient database;

    private AccountId owner;
    private byte[] bytes;
    private ImageView image;

    @BeforeEach
    void image() throws Exception {
        owner = TestAccounts.make(database);
        var header = Qcow2Files.file(1L << 30);
        var own = owner.value().getBytes(UTF_8);
        bytes = Arrays.copyOf(header, header.length + own.length);
        System.arraycopy(own, 0, bytes, header.length, own.length);
        upload();
        image = images.register(
                new Caller(owner, "test", Role.ADMIN, "req", "127.0.0.1"),
                new ImageRegistration("lost", "", digest(), "x86_64", BootMode.BIOS, "/dev/xvda", Map.of()));
    }

    private Digest digest() throws Exception {
        return new Digest(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }

    private void upload() throws Exception {
        blobs.store(owner, digest(), new ByteArrayInputStream(bytes));
    }

    private Path file() {
        return blobs.find(Objects.requireNonNull(image.digest())).orElseThrow().file();
    }

    private List<Finding> ofTheImage() {
        return check.look().stream()
                .filter(f -> f.detail().contains(image.id().value()))
                .toList();
    }

    private void assertTold() {
        assertThat(ofTheImage()).singleElement().satisfies(f -> {
            assertThat(f.level()).isEqualTo(Level.FAIL);
            assertThat(f.check()).isEqualTo("images");
            assertThat(f.detail()).contains(owner.value(), digest().hex(), "is missing or cut off");
            assertThat(f.remedy()).isEqualTo("Upload the same file again: croft image import --account " + owner);
        });
    }

    @Test
    void aWholeBlobIsNoFinding() {
        assertThat(ofTheImage()).isEmpty();
        assertThat(check.look()).isNotEmpty();
    }

    @Test
    void aCutOffBlobIsNamedAndUploadedAgain() throws Exception {
        spoil(file());
        assertTold();
        upload();
        assertThat(ofTheImage()).isEmpty();
        assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
    }

    @Test
    void aMissingBlobIsNamedAndUploadedAgain() throws Exception {
        Files.delete(file());
        assertTold();
        upload();
        assertThat(ofTheImage()).isEmpty();
    }

    private static void spoil(Path file) throws IOException {
        var cut = file.resolveSibling("cut");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(file), 10));
        Files.move(cut, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
