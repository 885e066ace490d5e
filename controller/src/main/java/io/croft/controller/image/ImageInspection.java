package io.croft.controller.image;

import io.croft.controller.blobstore.Blob;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.XmlCharacters;
import io.croft.diskformat.DiskFile;
import io.croft.diskformat.DiskFormat;
import io.croft.diskformat.UnusableDiskException;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.ErrorCode;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What is asked of a blob and of the words about it before they become an image. */
@Component
class ImageInspection {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9()\\[\\] ./'@_-]{3,128}");
    private static final Pattern DEVICE = Pattern.compile("/dev/[a-z0-9]{2,16}");
    private static final Set<String> ARCHITECTURES = Set.of("i386", "x86_64", "arm64");
    private static final int LONGEST_DESCRIPTION = 255;

    private final ImageLimits limits;

    ImageInspection(ImageLimits limits) {
        this.limits = limits;
    }

    /**
     * Checks what was said of the image.
     *
     * @throws CloudException InvalidAMIName.Malformed, InvalidParameterValue, InvalidBlockDeviceMapping, AttachmentLimitExceeded
     */
    void check(ImageRegistration registration) {
        check(registration.name(), registration.description());
        require(
                ARCHITECTURES.contains(registration.architecture()),
                "Value (" + registration.architecture() + ") for parameter architecture is invalid.");
        require(
                DEVICE.matcher(registration.rootDeviceName()).matches(),
                "Value (" + registration.rootDeviceName() + ") for parameter rootDeviceName is invalid.");
        require(
                registration.bootMode() == BootMode.UEFI
                        || !registration.architecture().equals("arm64"),
                "An image of the architecture arm64 boots by uefi only.");
        require(
                registration.bootMode() == BootMode.BIOS
                        || !registration.architecture().equals("i386"),
                "An image of the architecture i386 boots by legacy-bios only.");
        var options = registration.options();
        ImageDisks.check(registration.rootDeviceName(), options.disks());
        require(
                options.sriovNetSupport() == null || options.sriovNetSupport().equals("simple"),
                "Value (" + options.sriovNetSupport() + ") for parameter sriovNetSupport is invalid.");
    }

    /**
     * Checks an image's name and description.
     *
     * @throws CloudException InvalidAMIName.Malformed or InvalidParameterValue
     */
    void check(String name, String description) {
        if (!NAME.matcher(name).matches()) {
            throw new CloudException(
                    ErrorCode.IMAGE_NAME_MALFORMED,
                    "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')',"
                            + " '.', '-', '/' and '_'");
        }
        checkDescription(description);
    }

    void checkDescription(String description) {
        XmlCharacters.require("the description", description);
        require(
                description.length() <= LONGEST_DESCRIPTION,
                "A description has at most " + LONGEST_DESCRIPTION + " characters");
    }

    /**
     * The disk's size in bytes, once its header has proved harmless.
     *
     * @throws CloudException InvalidParameterValue when it has not
     */
    long virtualSize(Blob blob) {
        var disk = disk(blob);
        require(
                disk.virtualBytes() <= limits.largest().toBytes(),
                "The image's disk has " + disk.virtualBytes() + " bytes, and at most "
                        + limits.largest().toBytes() + " are taken.");
        return disk.virtualBytes();
    }

    private static DiskFile disk(Blob blob) {
        try {
            return DiskFile.inspect(blob.file(), DiskFormat.QCOW2);
        } catch (UnusableDiskException e) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The file cannot be used as an image: " + e.getMessage() + ".",
                    blob.digest().toString(),
                    e);
        } catch (IOException e) {
            throw new CloudException(
                    ErrorCode.UNAVAILABLE,
                    "The blob cannot be read just now.",
                    blob.digest().toString(),
                    e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, otherwise);
        }
    }
}
