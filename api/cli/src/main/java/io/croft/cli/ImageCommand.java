package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.diskformat.DiskFormat;
import io.croft.rest.ImageResource;
import io.croft.rest.LaunchPermissionChange;
import io.croft.rest.NewImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code croft image}. */
@Command(name = "image", addMethodSubcommands = false, description = "The machine images.")
final class ImageCommand {
    private static final long MIB = 1L << 20;
    private static final List<Field<ImageResource>> ROW = List.of(
            new Field<>("ID", ImageResource::imageId),
            new Field<>("NAME", ImageResource::name),
            new Field<>("ACCOUNT", ImageResource::account),
            new Field<>("ARCHITECTURE", ImageResource::architecture),
            new Field<>("BOOT", ImageResource::bootMode),
            new Field<>("DISK", i -> i.virtualBytes() / MIB + " MiB"),
            new Field<>("STATE", ImageResource::state),
            new Field<>("PUBLIC", ImageResource::isPublic));
    private static final List<Field<ImageResource>> WHOLE = Stream.concat(
                    ROW.stream(),
                    List.<Field<ImageResource>>of(
                            new Field<>("DESCRIPTION", ImageResource::description),
                            new Field<>("ROOT DEVICE", ImageResource::rootDeviceName),
                            new Field<>("ENA", ImageResource::enaSupport),
                            new Field<>(
                                    "SHARED WITH",
                                    i -> i.sharedWith().isEmpty() ? "nobody" : String.join(", ", i.sharedWith())),
                            new Field<>("DIGEST", i -> Objects.requireNonNullElse(i.digest(), "")),
                            new Field<>("SNAPSHOTS", i -> String.join(", ", i.snapshots())),
                            new Field<>("CREATED", ImageResource::created))
                            .stream())
            .toList();

    @Spec
    private @Nullable CommandSpec spec;

    @Command(
            name = "import",
            description = {
                "Makes a disk file an image of an account.",
                "A qcow2 file is taken as it is; vmdk, vhd, vhdx, vdi and raw ones are converted here, which needs"
                        + " qemu-img. One that is compressed with gzip, xz, zstd or bzip2 is decompressed first.",
                "A file that names other files is refused, and so is one that was cut off or is damaged."
            })
    void importImage(
            @Mixin Session session,
            @Parameters(
                            paramLabel = "FILE|URL|-",
                            description = "A disk file, here, at an http or https URL, or on standard input.")
                    String source,
            @Option(names = "--account", required = true, description = "Whose image it becomes.") String account,
            @Option(names = "--name", required = true, description = "Unique among the account's images.") String name,
            @Option(names = "--description", defaultValue = "", description = "Up to 255 characters.")
                    String description,
            @Option(
                            names = "--format",
                            description = "qcow2, vmdk, vhd, vhdx, vdi or raw; told by the file's bytes unless given.")
                    @Nullable
                    String format,
            @Option(
                            names = "--sha256",
                            description =
                                    "The digest of the file as it is given, in hex; without it, nothing is taken over"
                                            + " plain http.")
                    @Nullable
                    String sha256,
            @Option(names = "--architecture", defaultValue = "x86_64", description = "x86_64, arm64 or i386.")
                    String architecture,
            @Option(
                            names = "--boot-mode",
                            description = "bios or uefi; unless given, uefi for arm64 and bios for others.")
                    @Nullable
                    String bootMode,
            @Option(names = "--root-device", defaultValue = "/dev/vda", description = "The root disk's name.")
                    String rootDevice,
            @Option(
                            names = "--ena",
                            negatable = true,
                            defaultValue = "true",
                            fallbackValue = "true",
                            description =
                                    "Show the image as one with EC2's network driver, which clients may look for.")
                    boolean ena,
            @Option(names = "--public", description = "Let every account launch it.") boolean isPublic)
            throws IOException {
        var client = session.client();
        try (var files = new ImageFile(this::progress)) {
            var file = files.qcow2(source, format == null ? null : format(format), sha256);
            var hex = files.sha256(file);
            String digest;
            try (var progress = progress("Uploading", Files.size(file))) {
                digest = client.upload(account, hex, file, progress::at).digest();
            }
            var image = client.registerImage(
                    account,
                    new NewImage(
                            name,
                            description,
                            digest,
                            architecture,
                            Objects.requireNonNullElse(bootMode, architecture.equals("arm64") ? "uefi" : "bios"),
                            rootDevice,
                            ena,
                            isPublic));
            session.show(image, WHOLE);
        }
    }

    private DiskFormat format(String name) {
        return Stream.of(DiskFormat.values())
                .filter(f -> f.lowerName().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        Objects.requireNonNull(spec).commandLine(),
                        "--format is qcow2, vmdk, vhd, vhdx, vdi or raw, not " + name));
    }

    private Progress progress(String verb, long total) {
        return new Progress(Objects.requireNonNull(spec).commandLine().getErr(), Progress.onTerminal(), verb, total);
    }

    @Command(name = "list", description = "Lists every account's images.")
    void list(
            @Mixin Session session,
            @Option(names = "--account", description = "This account's images alone.") @Nullable String account) {
        session.list(
                session.client().images().stream()
                        .filter(i -> account == null || i.account().equals(account))
                        .toList(),
                ROW);
    }

    @Command(name = "show", description = "Shows one image.")
    void show(@Mixin Session session, @Parameters(paramLabel = "IMAGE", description = "Its id.") String id) {
        session.show(session.client().image(id), WHOLE);
    }

    @Command(name = "share", description = "Says who may launch an image besides its owner.")
    void share(
            @Mixin Session session,
            @Parameters(paramLabel = "IMAGE", description = "Its id.") String id,
            @Option(
                            names = "--add",
                            split = ",",
                            paramLabel = "ACCOUNT|all",
                            description = "An account that may from now on, or all of them.")
                    @Nullable
                    List<String> add,
            @Option(
                            names = "--remove",
                            split = ",",
                            paramLabel = "ACCOUNT|all",
                            description = "An account that may not any more by name, or all of them in one.")
                    @Nullable
                    List<String> remove) {
        if (add == null && remove == null) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Give --add or --remove.");
        }
        var change = new LaunchPermissionChange(
                Objects.requireNonNullElse(add, List.of()), Objects.requireNonNullElse(remove, List.of()));
        session.show(session.client().shareImage(id, change), WHOLE);
    }

    @Command(
            name = "delete",
            description = {"Deregisters an image: nobody can launch it any more.", "Instances made of it live on."})
    void delete(@Mixin Session session, @Parameters(paramLabel = "IMAGE", description = "Its id.") String id) {
        session.client().deleteImage(id);
    }
}
