package io.croft.controller.image;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.types.AccountId;
import io.croft.types.ImageId;

/** The images. An account sees its own and the public ones. */
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
     * Lets every account launch an image of the caller's account, or takes that back.
     *
     * @throws io.croft.controller.context.CloudException InvalidAMIID.NotFound when the account owns no such image
     */
    void setPublic(Caller caller, ImageId id, boolean isPublic);
}
