package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.ImageResource;
import io.croft.rest.NewImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code croft image}. */
@Command(name = "image", description = "The machine images.")
final class ImageCommand {
    private static final List<Field<ImageResource>> FIELDS = List.of(
            new Field<>("ID", ImageResource::imageId),
            new Field<>("NAME", ImageResource::name),
            new Field<>("ACCOUNT", ImageResource::account),
            new Field<>("DIGEST", ImageResource::digest),
            new Field<>("PUBLIC", ImageResource::isPublic));

    @Command(name = "import", description = "Uploads a qcow2 file and makes it an image of an account.")
    void importImage(
            @Mixin Session session,
            @Parameters(paramLabel = "FILE", description = "A qcow2 file without a backing file.") Path file,
            @Option(names = "--account", required = true, description = "Whose image it becomes.") String account,
            @Option(names = "--name", required = true, description = "Unique among the account's images.") String name,
            @Option(names = "--description", defaultValue = "", description = "Up to 255 characters.")
                    String description,
            @Option(names = "--architecture", defaultValue = "x86_64", description = "x86_64 or arm64.")
                    String architecture,
            @Option(names = "--boot-mode", defaultValue = "bios", description = "bios or uefi.") String bootMode,
            @Option(names = "--root-device", defaultValue = "/dev/vda", description = "The root disk's name.")
                    String rootDevice,
            @Option(names = "--public", description = "Let every account launch it.") boolean isPublic)
            throws IOException {
        var client = session.client();
        var blob = client.upload(account, sha256(file), file);
        var image = client.registerImage(
                account, new NewImage(name, description, blob.digest(), architecture, bootMode, rootDevice, isPublic));
        session.show(image, FIELDS);
    }

    private static String sha256(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
