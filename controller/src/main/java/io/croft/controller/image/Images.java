package io.croft.controller.image;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.types.AccountId;
import io.croft.types.ImageId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The images. An account sees its own, the public ones and those that are shared with it. */
public interface Images {
    /**
     * Makes an image of a blob.
     *
     * @throws io.croft.controller.context.CloudException InvalidManifest when the account has no such blob; InvalidParameterValue when the blob is no harmless qcow2
     *     file; InvalidAMIName.Duplicate and InvalidAMIName.Malformed
     */
    ImageView register(Caller caller, ImageRegistration registration);

    /** The images that the caller sees and asks for; {@code InvalidAMIID.NotFound} for an id that is not among them. */
    Page<ImageView> describe(Caller caller, ImageQuery query);

    /**
     * The image, for a launch by {@code account}.
     *
     * @throws io.croft.controller.context.CloudException InvalidAMIID.NotFound when it does not exist for the account, InvalidAMIID.Unavailable when it is deregistered
     */
    ImageView launchable(AccountId account, ImageId id);

    /**
     * Ends an image of the caller's account; instances made of it live on.
     *
     * @throws io.croft.controller.context.CloudException InvalidAMIID.NotFound when the account owns no such image, InvalidAMIID.Unavailable when it is deregistered already
     */
    void deregister(Caller caller, ImageId id);

    /**
     * An image of the caller's own account.
     *
     * @throws io.croft.controller.context.CloudException InvalidAMIID.NotFound when the account owns no such image
     */
    ImageView owned(Caller caller, ImageId id);

    /**
     * Says something else of an image of the caller's account.
     *
     * @param description up to 255 characters; empty for none
     * @throws io.croft.controller.context.CloudException InvalidAMIID.NotFound when the account owns no such image; InvalidParameterValue
     */
    void setDescription(Caller caller, ImageId id, String description);

    /**
     * As the other, if the image is as the caller expects: who lost a race changes nothing.
     *
     * @throws io.croft.controller.context.CloudException PreconditionFailed when {@code expected} does not hold; else as the other
     */
    ImageView setDescription(Caller caller, ImageId id, String description, Predicate<ImageView> expected);

    /** Every account's images, for the operator. */
    List<ImageView> ofEverybody();

    /** Whose image it is, for the operator. */
    Optional<AccountId> ownerOf(ImageId id);
}
