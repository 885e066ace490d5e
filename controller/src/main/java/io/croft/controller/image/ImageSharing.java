package io.croft.controller.image;

import io.croft.controller.context.Caller;
import io.croft.types.AccountId;
import io.croft.types.ImageId;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who may launch an image besides its owner. Only the owner sees and changes it; for others, each method throws
 * {@link io.croft.controller.context.CloudException} with InvalidAMIID.NotFound.
 */
public interface ImageSharing {
    LaunchPermissions of(Caller caller, ImageId id);

    /**
     * Gives and takes permissions; one that is both given and taken is taken. What is there already, or was not there, changes nothing. Instances that run stay.
     *
     * @throws io.croft.controller.context.CloudException InvalidAMIAttributeItemValue for an account that does not exist
     */
    void change(Caller caller, ImageId id, LaunchPermissions given, LaunchPermissions taken);

    /**
     * Makes {@code wanted} all the permissions of an image, if it has those that the caller expects: who lost a race changes nothing.
     *
     * @throws io.croft.controller.context.CloudException PreconditionFailed when {@code expected} does not hold; else as {@link #change}
     */
    void replace(Caller caller, ImageId id, LaunchPermissions wanted, Predicate<LaunchPermissions> expected);

    /** The accounts that may launch each image by name, for the operator; images without any are not in it. */
    Map<ImageId, Set<AccountId>> all();

    /** Takes every permission: the image is its owner's alone. */
    void reset(Caller caller, ImageId id);
}
