package io.croft.controller.blockstorage.volume;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.util.regex.Pattern;

/**
 * The name of a place in an instance that takes a volume, as EC2's users write it: {@code /dev/sdf}, {@code /dev/xvdf}, {@code /dev/sda1}. The guest sees the volume
 * under a name of its own kernel's, and as {@code /dev/disk/by-id/virtio-vol...}.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html">Device names for volumes</a>
 */
public record DeviceName(String text) {
    private static final Pattern FORM = Pattern.compile("/dev/(?:sd|xvd|vd)([a-z]{1,2}(?:[1-9]|1[0-5])?)");

    /** Whether it is a name of a place that takes a volume. */
    public boolean wellFormed() {
        return FORM.matcher(text).matches();
    }

    /**
     * A name that a request gives.
     *
     * @throws CloudException InvalidParameterValue
     */
    public static DeviceName of(String text) {
        if (!new DeviceName(text).wellFormed()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Value (" + text + ") for parameter device is invalid. " + text
                            + " is not a valid EBS device name.");
        }
        return new DeviceName(text);
    }

    /** Whether both name one place: what comes before the letters says nothing, and {@code a1} is the first disk as {@code a} is. */
    public boolean samePlace(DeviceName other) {
        return place().equals(other.place());
    }

    /** The place in the words of no kernel: equal where two names mean the same. */
    public String place() {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return text;
        }
        return form.group(1).equals("a1") ? "a" : form.group(1);
    }

    @Override
    public String toString() {
        return text;
    }
}
