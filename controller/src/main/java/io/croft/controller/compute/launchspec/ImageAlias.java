package io.croft.controller.compute.launchspec;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Names of Systems Manager parameters in an image id's place, {@code resolve:ssm:/golden-image}. There is no Systems Manager here, so they are refused by name wherever they
 * are given.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-systems-manager-parameter-to-find-AMI.html">Parameters for image ids</a>
 */
public final class ImageAlias {
    private static final String BEGINNING = "resolve:ssm:";

    private ImageAlias() {}

    /**
     * Does nothing when {@code image} is none.
     *
     * @throws CloudException UnsupportedOperation
     */
    public static void refuse(@Nullable String image) {
        if (image != null && image.startsWith(BEGINNING)) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "The image ID '" + image + "' is a Systems Manager parameter, which is not supported");
        }
    }
}
