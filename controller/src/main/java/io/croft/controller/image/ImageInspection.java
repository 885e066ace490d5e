package io.croft.controller.image;

import io.croft.controller.blobstore.Blob;
import io.croft.controller.context.CloudException;
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
    private static final Set<String> ARCHITECTURES = Set.of("x86_64", "arm64");
    private static final int LONGEST_DESCRIPTION = 255;

    private final ImageLimits limits;

    ImageInspection(ImageLimits limits) {
        this.limits = limits;
    }

    /**
     * Checks what was said of the image.
     *
     * @throws CloudException InvalidAMIName.Malformed or InvalidParameterValue
     */
    void check(ImageRegistration registration) {
        if (!NAME.matcher(registration.name()).matches()) {
            throw new CloudException(
                    ErrorCode.IMAGE_NAME_MALFORMED,
                    "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')', '.', '-', '/' and '_'");
        }
        require(
                registration.description().length() <= LONGEST_DESCRIPTION,
                "A description has at most " + LONGEST_DESCRIPTION + " characters");
        require(
                ARCHITECTURES.contains(registration.architecture()),
                "Value (" + registration.architecture() + ") for parameter architecture is invalid.");
        require(
                DEVICE.matcher(registration.rootDeviceName()).matches(),
                "Value (" + registration.rootDeviceName() + ") for parameter rootDeviceName is invalid.");
    }

    /**
     * The disk's size in bytes, once its header has proved harmless.
     *
     * @throws CloudException InvalidParameterValue when it has not
     */
    long virtualSize(Blob blob) {
        var header = header(blob);
        require(header.refusal() == null, header.sentence());
        require(
                header.virtualBytes() <= limits.largest().toBytes(),
                "The image's disk has " + header.virtualBytes() + " bytes, and at most "
                        + limits.largest().toBytes() + " are taken.");
        return header.virtualBytes();
    }

    private static Qcow2Header header(Blob blob) {
        try {
            return Qcow2Header.read(blob.file());
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
